/**
 * Events as the public contract has them. Knows {@code model}, the mappers of its nouns, the port
 * {@code EventEncoder} and an event of the log; neither where events are kept nor how they reach a
 * reader.
 */
@NullMarked
package dev.switchboard.contract.event;

import org.jspecify.annotations.NullMarked;
