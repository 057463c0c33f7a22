/** Calls of the public contract as the runs need them. Knows no process and no measurement. */
@NullMarked
package dev.switchboard.loadtest.client;

import org.jspecify.annotations.NullMarked;
