/**
 * Programs that put the server's core to work in a JVM of their own: its journal, ledger and
 * senders, over scripted engines and without network or database. The only package of this module
 * that knows the server; what it finds it prints for the run that started it.
 */
@NullMarked
package dev.switchboard.loadtest.core.program;

import org.jspecify.annotations.NullMarked;
