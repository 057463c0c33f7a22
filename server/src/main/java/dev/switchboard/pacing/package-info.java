/**
 * When an account may send next, and when a message would go: pure functions of policy, history and
 * now. Knows {@code model} and nothing else: no threads, no clock, no randomness of its own.
 */
@NullMarked
package dev.switchboard.pacing;

import org.jspecify.annotations.NullMarked;
