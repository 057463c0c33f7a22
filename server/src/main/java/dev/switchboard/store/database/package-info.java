/**
 * The connection to PostgreSQL: embedded or by URL, migrated, pooled, its key checked; and how a
 * unit of work is run on it. Knows no table of the domain.
 */
@NullMarked
package dev.switchboard.store.database;

import org.jspecify.annotations.NullMarked;
