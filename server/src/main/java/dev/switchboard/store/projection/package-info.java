/**
 * The journal in PostgreSQL: a batch of entries becomes rows in one transaction. Knows the port in
 * {@code projection}, the rows of accounts, people and messages, and not who reads the journal.
 */
@NullMarked
package dev.switchboard.store.projection;

import org.jspecify.annotations.NullMarked;
