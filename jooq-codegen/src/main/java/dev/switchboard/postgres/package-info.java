/**
 * Runs a real PostgreSQL in a folder of ours; knows processes and files, and neither the schema nor
 * anything of the gateway.
 */
@NullMarked
package dev.switchboard.postgres;

import org.jspecify.annotations.NullMarked;
