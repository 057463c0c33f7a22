/**
 * Requests that end in time whatever the other side does, to addresses that were judged before.
 * Must not know what is asked for, or why.
 */
@NullMarked
package dev.switchboard.egress.client;

import org.jspecify.annotations.NullMarked;
