/**
 * What arrives: stored first, then told to every subscriber. Knows {@code connector} and {@code
 * model}, and neither the network nor the surface it is told over.
 */
@NullMarked
package dev.switchboard.inbox;

import org.jspecify.annotations.NullMarked;
