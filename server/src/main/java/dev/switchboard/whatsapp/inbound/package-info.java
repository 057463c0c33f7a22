/**
 * Taking messages and receipts in: decrypting, storing, acknowledging, asking again. It must not
 * know how a connection is made or ends, or what is sent.
 */
@NullMarked
package dev.switchboard.whatsapp.inbound;

import org.jspecify.annotations.NullMarked;
