/**
 * Writes the jOOQ classes of the schema at build time; knows the migrations and the embedded
 * PostgreSQL, and nothing that runs later.
 */
@NullMarked
package dev.switchboard.codegen;

import org.jspecify.annotations.NullMarked;
