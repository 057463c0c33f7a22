/**
 * How fast an account may send, and when a message would go: policies and plans as values. Knows
 * {@code model}; what the limits come to at a time is worked out by {@code pacing}.
 */
@NullMarked
package dev.switchboard.model.pacing;

import org.jspecify.annotations.NullMarked;
