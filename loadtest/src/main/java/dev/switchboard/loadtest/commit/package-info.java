/**
 * The server's journal alone, without calls around it: the only package that knows the server's
 * classes (ADR 6). It runs in a process of its own, on the jar of the server under test.
 */
@NullMarked
package dev.switchboard.loadtest.commit;

import org.jspecify.annotations.NullMarked;
