/**
 * What was said on the network, stanza by stanza, without anything that differs from run to run; it
 * must not know who said it beyond the device, nor what it meant.
 */
@NullMarked
package dev.switchboard.sandbox.log;

import org.jspecify.annotations.NullMarked;
