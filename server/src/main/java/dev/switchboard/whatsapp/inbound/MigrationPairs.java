package dev.switchboard.whatsapp.inbound;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.proto.LIDMigrationMappingSyncPayload;
import dev.switchboard.whatsapp.proto.Message;
import dev.switchboard.whatsapp.wire.Jid;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The names that the own phone tells when its chats move from numbers to hidden ids. */
final class MigrationPairs {
  private static final Logger log = LoggerFactory.getLogger(MigrationPairs.class);

  private MigrationPairs() {}

  /** None when they cannot be read. */
  static List<AliasBook.Pair> of(Message.LIDMigrationMappingSyncMessage message) {
    try {
      return LIDMigrationMappingSyncPayload.parseFrom(message.getEncodedMappingPayload())
          .getPnToLidMappingsList()
          .stream()
          .limit(HistoryReader.MOST_ENTRIES)
          .filter(mapping -> mapping.getPn() != 0 && lid(mapping) != 0)
          .map(mapping ->
              new AliasBook.Pair(
                  Jid.ofPhoneNumber(Long.toUnsignedString(mapping.getPn())),
                  Jid.ofLid(Long.toUnsignedString(lid(mapping)))))
          .toList();
    } catch (InvalidProtocolBufferException e) {
      log.warn("names that the phone told cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  /** A hidden id that was given anew since counts over the one assigned first. */
  private static long lid(LIDMigrationMappingSyncPayload.Mapping mapping) {
    return mapping.hasLatestLid() ? mapping.getLatestLid() : mapping.getAssignedLid();
  }
}
