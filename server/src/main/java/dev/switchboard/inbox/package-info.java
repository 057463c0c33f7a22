/**
 * Where what arrives is stored; the event of it is made there. Knows {@code connector} and {@code
 * model}, and neither the network nor how arrivals are stored.
 */
@NullMarked
package dev.switchboard.inbox;

import org.jspecify.annotations.NullMarked;
