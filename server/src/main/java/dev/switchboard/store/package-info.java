/**
 * PostgreSQL behind the ports of the core. The only importer of jOOQ, HikariCP and Flyway; knows
 * the core and {@code model}, and no other edge.
 */
@NullMarked
package dev.switchboard.store;

import org.jspecify.annotations.NullMarked;
