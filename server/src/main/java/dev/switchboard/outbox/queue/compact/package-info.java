/**
 * Ways to keep a lot in few bytes: there may be a million open messages. Knows {@code model} only.
 */
@NullMarked
package dev.switchboard.outbox.queue.compact;

import org.jspecify.annotations.NullMarked;
