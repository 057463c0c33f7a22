/**
 * The network's rules and state: accounts, devices, prekeys, queues and who is connected, behind
 * one lock; it must not know sockets, Signal sessions or the stanzas of a family.
 */
@NullMarked
package dev.switchboard.sandbox.network;

import org.jspecify.annotations.NullMarked;
