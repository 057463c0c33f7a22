/**
 * Accounts, their devices, prekeys, app state and signatures, as the network keeps them; it must
 * not know who is connected.
 */
@NullMarked
package dev.switchboard.sandbox.account;

import org.jspecify.annotations.NullMarked;
