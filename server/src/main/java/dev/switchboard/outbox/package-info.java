/**
 * What is to be sent: accepted durably, then sent by one virtual thread per account. Knows {@code
 * connector} and {@code model}, and no network.
 */
@NullMarked
package dev.switchboard.outbox;

import org.jspecify.annotations.NullMarked;
