/**
 * Who is seen online or typing, and whom that is told: nobody who is not online. It must not know
 * connections, nor what is written.
 */
@NullMarked
package dev.switchboard.sandbox.presence;

import org.jspecify.annotations.NullMarked;
