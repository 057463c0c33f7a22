/**
 * The devices of accounts as others learn of them: lists, notices of change, removal, a phone that
 * is set up anew; it must not know connections.
 */
@NullMarked
package dev.switchboard.sandbox.device;

import org.jspecify.annotations.NullMarked;
