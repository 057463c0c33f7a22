/**
 * What comes to phones: decrypted, kept and answered with receipts; it must not know what phones
 * send, or what the people do with it.
 */
@NullMarked
package dev.switchboard.sandbox.phone.inbox;

import org.jspecify.annotations.NullMarked;
