/**
 * Linking a new device to an account by QR code, and what a device says of itself when it connects.
 * It must not know messages.
 */
@NullMarked
package dev.switchboard.whatsapp.pairing;

import org.jspecify.annotations.NullMarked;
