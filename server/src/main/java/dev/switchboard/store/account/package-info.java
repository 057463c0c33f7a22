/**
 * Tenants, API keys, instances and the records of their engines in PostgreSQL. Knows the ports of
 * the core and the store's own foundations, and no messages.
 */
@NullMarked
package dev.switchboard.store.account;

import org.jspecify.annotations.NullMarked;
