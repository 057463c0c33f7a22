/**
 * The people an account knows: as they become known, and as they are. Knows {@code connector} and
 * {@code model}; neither the network nor how contacts are stored.
 */
@NullMarked
package dev.switchboard.contact;

import org.jspecify.annotations.NullMarked;
