package dev.switchboard.whatsapp.login;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.whatsapp.account.AccountState;
import dev.switchboard.whatsapp.account.SignalRecords;
import dev.switchboard.whatsapp.records.PrekeyNumberingRecord;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.signal.PreKey;
import dev.switchboard.whatsapp.wire.Node;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Sees to it that the server has prekeys of this device to hand out. */
public final class PreKeySupply {
  /**
   * Older ones are forgotten when new ones are made: some are never used, and peers that ask for
   * messages to be sent again make us hand out more. A peer that uses a forgotten one is asked for
   * its message again.
   */
  static final int KEPT = 5_000;

  private static final RecordKey NUMBERING = new RecordKey(RecordKind.CREDENTIALS, "prekeys");

  private final AccountState account;
  private final StanzaStream stream;
  private final PreKeyLimits limits;
  private final SecureRandom random;

  public PreKeySupply(
      AccountState account, StanzaStream stream, PreKeyLimits limits, SecureRandom random) {
    this.account = account;
    this.stream = stream;
    this.limits = limits;
    this.random = random;
  }

  /** Asks how many the server has, and uploads more when they are few. */
  public void refill() throws InterruptedException {
    Node reply = stream.request("get", "encrypt", Node.of("count"));
    int left = Numbers.of(reply.requiredChild("count"), "value", 0);
    if (left == 0) {
      upload(limits.initial());
    } else if (left < limits.minimum()) {
      upload(limits.refill());
    }
  }

  /** Uploads as many as to a server that has none, with identity and signed prekey beside them. */
  void publishAnew() throws InterruptedException {
    upload(limits.initial());
  }

  /**
   * Durable first: a peer may use a key as soon as the server has it. If the upload then fails, the
   * numbers are spent all the same, because the server may have got them.
   */
  private void upload(int count) throws InterruptedException {
    List<PreKey> fresh = take(count);
    stream.request("set", "encrypt", PreKeyStanzas.upload(account.credentials().keys(), fresh));
  }

  /** New prekeys, durable under numbers that were never used. */
  public List<PreKey> take(int count) {
    int first = nextId();
    List<PreKey> fresh = PreKey.generate(first, count, random);
    List<RecordChange> changes = new ArrayList<>();
    for (PreKey key : fresh) {
      changes.add(SignalRecords.change(key.put()));
      changes.add(SignalRecords.change(PreKey.forget(PreKey.idAfter(key.id(), -KEPT))));
    }
    changes.add(
        new RecordChange.Put(
            NUMBERING,
            PrekeyNumberingRecord.newBuilder()
                .setNextId(PreKey.idAfter(first, count))
                .build()
                .toByteArray()));
    account.commit(changes);
    return fresh;
  }

  private int nextId() {
    return account.records().read(NUMBERING).map(PreKeySupply::decode).orElse(1);
  }

  private static int decode(byte[] value) {
    try {
      return PrekeyNumberingRecord.parseFrom(value).getNextId();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the stored numbering of prekeys cannot be read", e);
    }
  }
}
