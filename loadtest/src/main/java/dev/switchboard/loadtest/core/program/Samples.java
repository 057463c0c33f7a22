package dev.switchboard.loadtest.core.program;

import dev.switchboard.journal.JournalEntry.Accepted;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.message.MessageContent;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.SendOptions;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Accounts, recipients and messages by number. */
final class Samples {
  private static final int BODY_BYTES = 300;
  private static final int ID_BYTES = 9;
  private static final MessageContent BODY = MessageContent.Text.outbound("x".repeat(BODY_BYTES));

  private Samples() {}

  static AccountKey account(int number) {
    return new AccountKey(TenantId.DEFAULT, new InstanceId("account-" + number));
  }

  static Peer recipient(long number) {
    return Peer.of(new PhoneNumber(Long.toString(49_150_000_000_000L + number)));
  }

  /** A text under a new id of the gateway's shape. */
  static Accepted message(AccountKey account, Peer to, Instant at) {
    byte[] random = new byte[ID_BYTES];
    ThreadLocalRandom.current().nextBytes(random);
    var id = new MessageId("3EB0" + HexFormat.of().withUpperCase().formatHex(random));
    return new Accepted(account, id, to, BODY, at, SendOptions.DEFAULT, null, 0);
  }
}
