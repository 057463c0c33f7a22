/**
 * Presence as the public contract has it. Knows {@code model} and the mappers of its nouns; neither
 * events nor transports.
 */
@NullMarked
package dev.switchboard.contract.presence;

import org.jspecify.annotations.NullMarked;
