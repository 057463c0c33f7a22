/**
 * Accounts that are run: one virtual thread each, the gateway's side of its engine, and the
 * register of them. It must not know what callers ask for, nor which accounts are wanted.
 */
@NullMarked
package dev.switchboard.instance.account;

import org.jspecify.annotations.NullMarked;
