/**
 * The network's and the phone's side of linking by a code that is typed on the phone: what a client
 * may ask for, and the keys the phone agrees on. Written apart from the engine's side, so that they
 * check each other; it must not know connections or accounts.
 */
@NullMarked
package dev.switchboard.sandbox.linkcode;

import org.jspecify.annotations.NullMarked;
