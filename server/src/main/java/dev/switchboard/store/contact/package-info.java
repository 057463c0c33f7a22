/**
 * The people an account knows in PostgreSQL: one row and one chat a person, found by any name.
 * Knows the ports of the core and the store's own foundations; of messages only that they belong to
 * a chat.
 */
@NullMarked
package dev.switchboard.store.contact;

import org.jspecify.annotations.NullMarked;
