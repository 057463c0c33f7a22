/**
 * A simulated WhatsApp network, opened as one {@link dev.switchboard.sandbox.Sandbox}; it must not
 * know the core, the engine or any other edge, and meets them over sockets only.
 *
 * <p>What is on disk when somebody is told something:
 *
 * <ul>
 *   <li>515 after a pairing: the device, with its keys. The number of a device is spent when the
 *       phone scans.
 *   <li>The result of a prekey upload: the prekeys. A bundle: that its one-time prekey is gone.
 *   <li>The ack of a message: what every phone among the receivers decrypted, with its advanced
 *       session; the stanza in the queue of every companion; the receipts of the phones; the answer
 *       of an ECHO person.
 *   <li>A stanza to a companion: the stanza itself, which leaves the queue only with the
 *       companion's receipt or ack. What was delivered and not acknowledged comes again with {@code
 *       offline}.
 *   <li>The ack of a receipt: that the message has left the queue, and the receipt in the queues of
 *       the sender's companions.
 * </ul>
 *
 * <p>Not on disk: who is connected, presence and typing, codes that are shown, counts of refusals,
 * armed faults and the old device lists that they tell, the log of stanzas and its digest.
 */
@NullMarked
package dev.switchboard.sandbox;

import org.jspecify.annotations.NullMarked;
