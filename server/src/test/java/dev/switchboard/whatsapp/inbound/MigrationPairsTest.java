package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.account.AliasBook.Pair;
import dev.switchboard.whatsapp.proto.LIDMigrationMappingSyncPayload;
import dev.switchboard.whatsapp.proto.LIDMigrationMappingSyncPayload.Mapping;
import dev.switchboard.whatsapp.proto.Message.LIDMigrationMappingSyncMessage;
import dev.switchboard.whatsapp.wire.Jid;
import org.junit.jupiter.api.Test;

class MigrationPairsTest {
  @Test
  void readsTheNewestHiddenIdOfEachNumber() {
    var payload =
        LIDMigrationMappingSyncPayload.newBuilder()
            .addPnToLidMappings(Mapping.newBuilder().setPn(15550001000L).setAssignedLid(1001))
            .addPnToLidMappings(
                Mapping.newBuilder().setPn(15550002000L).setAssignedLid(2001).setLatestLid(2002))
            .addPnToLidMappings(Mapping.newBuilder().setPn(15550003000L))
            .build();

    assertThat(MigrationPairs.of(message(payload.toByteString())))
        .containsExactly(
            new Pair(Jid.ofPhoneNumber("15550001000"), Jid.ofLid("1001")),
            new Pair(Jid.ofPhoneNumber("15550002000"), Jid.ofLid("2002")));
  }

  @Test
  void passesOverWhatCannotBeRead() {
    assertThat(MigrationPairs.of(message(ByteString.copyFromUtf8("no protobuf")))).isEmpty();
  }

  private static LIDMigrationMappingSyncMessage message(ByteString payload) {
    return LIDMigrationMappingSyncMessage.newBuilder().setEncodedMappingPayload(payload).build();
  }
}
