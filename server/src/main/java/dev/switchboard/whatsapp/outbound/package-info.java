/**
 * Sending direct messages to every device of a person and of the account, and their acks. It must
 * not know how a connection is made or ends, or what arrives.
 */
@NullMarked
package dev.switchboard.whatsapp.outbound;

import org.jspecify.annotations.NullMarked;
