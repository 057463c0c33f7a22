/**
 * What phones say: encrypted for each device that is to read it, and kept for those that ask again;
 * it must not know what comes back.
 */
@NullMarked
package dev.switchboard.sandbox.phone.outbox;

import org.jspecify.annotations.NullMarked;
