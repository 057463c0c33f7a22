package dev.switchboard.whatsapp.outbound;

import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.List;

/**
 * A message as it was written, for as long as its ack is waited for.
 *
 * @param devices for whom it was encrypted
 * @param hash what the stanza said of them
 */
record Written(OutboundMessage message, Jid chat, List<Jid> devices, String hash) {
  Written {
    devices = List.copyOf(devices);
  }
}
