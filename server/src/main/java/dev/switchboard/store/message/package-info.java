/**
 * Chats and messages in PostgreSQL: the queue, arrivals, history. Knows the ports of the core and
 * the store's own foundations.
 */
@NullMarked
package dev.switchboard.store.message;

import org.jspecify.annotations.NullMarked;
