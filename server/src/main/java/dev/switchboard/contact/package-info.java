/**
 * The people an account knows: stored first, then told to whoever watches. Knows {@code connector},
 * {@code inbox} for its feed and {@code model}; neither the network nor how contacts are stored.
 */
@NullMarked
package dev.switchboard.contact;

import org.jspecify.annotations.NullMarked;
