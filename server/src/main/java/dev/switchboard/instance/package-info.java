/**
 * What callers may do with instances, and which of them are run: create, pair, start, stop, delete,
 * bring back after a restart. It must not know how an account is run, nor any network.
 */
@NullMarked
package dev.switchboard.instance;

import org.jspecify.annotations.NullMarked;
