/**
 * Messages that a device could not read: asking for another copy, and answering those who ask. It
 * must not know how messages are read or first sent.
 */
@NullMarked
package dev.switchboard.whatsapp.retry;

import org.jspecify.annotations.NullMarked;
