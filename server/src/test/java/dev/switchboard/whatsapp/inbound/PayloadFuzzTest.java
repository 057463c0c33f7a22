package dev.switchboard.whatsapp.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.management.ThreadMXBean;
import dev.switchboard.whatsapp.account.AliasBook;
import dev.switchboard.whatsapp.crypto.CryptoException;
import dev.switchboard.whatsapp.crypto.Padding;
import dev.switchboard.whatsapp.fuzz.Fuzz;
import dev.switchboard.whatsapp.fuzz.Mutator;
import dev.switchboard.whatsapp.fuzz.Payloads;
import dev.switchboard.whatsapp.proto.Message;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was decrypted is still whatever its author pleased to write. */
@Timeout(600)
class PayloadFuzzTest {
  private static final long MOST_ALLOCATED_BYTES = 512L << 20;

  @Test
  void aPayloadIsAMessageOrIsRefused() {
    List<byte[]> seeds = Payloads.messages().stream().map(Message::toByteArray).toList();
    Random padding = new Random(1);
    Fuzz.of("padded messages", 20_000)
        .run((mutator, _) -> {
          byte[] padded = Padding.add(mutator.change(mutator.oneOf(seeds)), padding);
          return readable(mutator.once(3) ? mutator.change(padded) : padded);
        });
  }

  private static boolean readable(byte[] padded) {
    try {
      Message message = Message.parseFrom(Padding.remove(padded));
      Contents.of(message).ifPresent(content -> assertThat(content.toString()).isNotEmpty());
      return true;
    } catch (CryptoException | InvalidProtocolBufferException e) {
      return false;
    }
  }

  @Test
  void aPartOfTheHistoryTellsPairsOrNothing() {
    List<byte[]> seeds = Payloads.histories();
    Fuzz.of("parts of the history", 10_000)
        .run((mutator, _) -> !pairs(part(mutator, seeds)).isEmpty());
  }

  private static Message.HistorySyncNotification part(Mutator mutator, List<byte[]> seeds) {
    byte[] inflated = mutator.change(mutator.oneOf(seeds));
    byte[] deflated = Payloads.deflated(inflated);
    return Payloads.inline(mutator.once(2) ? deflated : mutator.change(deflated));
  }

  /** A few kilobytes that claim to be millions of chats: two bytes each when inflated. */
  @Test
  void aBombOfEmptyChatsStaysSmall() {
    ByteArrayOutputStream chats = new ByteArrayOutputStream();
    for (int count = 0; count < (8 << 20) / 2 - 1; count++) {
      chats.write(2 << 3 | 2);
      chats.write(0);
    }
    Message.HistorySyncNotification bomb = Payloads.inline(Payloads.deflated(chats.toByteArray()));
    long before = heapAllocated();

    List<AliasBook.Pair> pairs = pairs(bomb);

    assertThat(pairs).isEmpty();
    // Everything that was ever allocated meanwhile, garbage too.
    assertThat(heapAllocated() - before).isLessThan(MOST_ALLOCATED_BYTES);
  }

  @Test
  void aPartTellsABoundedNumberOfPairs() {
    ByteString pair =
        ByteString.copyFrom(
            Payloads.history(1).toByteArray()); // One mapping: repeated it is a history.
    ByteString many = pair;
    while (many.size() < 3 << 20) {
      many = many.concat(many);
    }

    assertThat(pairs(Payloads.inline(Payloads.deflated(many.toByteArray()))))
        .hasSize(HistoryReader.MOST_ENTRIES);
  }

  private static List<AliasBook.Pair> pairs(Message.HistorySyncNotification part) {
    return HistoryReader.read(part).pairs();
  }

  private static long heapAllocated() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
