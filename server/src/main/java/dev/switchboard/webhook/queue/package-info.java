/**
 * What a webhook has to post, and what is next: lanes, waits, the breaker, and what of it is to be
 * stored. Pure of threads, of storage and of time: it is told what happened and when.
 */
@NullMarked
package dev.switchboard.webhook.queue;

import org.jspecify.annotations.NullMarked;
