/**
 * The life of instances: create, pair, keep connected, stop, delete. Knows {@code connector},
 * {@code inbox}, {@code outbox} and {@code model}, and no network.
 */
@NullMarked
package dev.switchboard.instance;

import org.jspecify.annotations.NullMarked;
