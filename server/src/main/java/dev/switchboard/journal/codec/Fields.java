package dev.switchboard.journal.codec;

import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.model.Lid;
import dev.switchboard.model.Peer;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.message.Failure;
import dev.switchboard.model.message.MessageId;
import dev.switchboard.model.message.Request;
import dev.switchboard.model.message.SendOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The values that entries are made of, each written and read here. */
final class Fields {
  private static final int PUT = 1;
  private static final int REMOVE = 2;

  private Fields() {}

  static void time(Output output, Instant time) {
    output.signedNumber(time.getEpochSecond());
    output.number(time.getNano());
  }

  static Instant time(Input input) {
    return Instant.ofEpochSecond(input.signedNumber(), input.smallNumber());
  }

  static <T> void optional(Output output, @Nullable T value, BiConsumer<Output, T> write) {
    output.flag(value != null);
    if (value != null) {
      write.accept(output, value);
    }
  }

  static <T> @Nullable T optional(Input input, Function<Input, T> read) {
    return input.flag() ? read.apply(input) : null;
  }

  static void peer(Output output, Peer peer) {
    optional(output, peer.phoneNumber(), (to, number) -> to.text(number.digits()));
    optional(output, peer.lid(), (to, lid) -> to.text(lid.digits()));
  }

  static Peer peer(Input input) {
    PhoneNumber number = optional(input, from -> new PhoneNumber(from.text()));
    Lid lid = optional(input, from -> new Lid(from.text()));
    return new Peer(number, lid);
  }

  static void failure(Output output, Failure failure) {
    Codes.FAILURE_CAUSE.write(output, failure.cause());
    output.text(failure.detail());
    optional(output, failure.until(), Fields::time);
  }

  static Failure failure(Input input) {
    return new Failure(
        Codes.FAILURE_CAUSE.read(input), input.text(), optional(input, Fields::time));
  }

  static void options(Output output, SendOptions options) {
    Codes.PRIORITY.write(output, options.priority());
    optional(output, options.notBefore(), Fields::time);
    optional(output, options.expiresAt(), Fields::time);
    output.flag(options.typing());
    optional(output, options.bulk(), Output::text);
  }

  static SendOptions options(Input input) {
    return new SendOptions(
        Codes.PRIORITY.read(input),
        optional(input, Fields::time),
        optional(input, Fields::time),
        input.flag(),
        optional(input, Input::text));
  }

  static void request(Output output, Request request) {
    output.text(request.id());
    output.blob(request.bodyHash());
  }

  static Request request(Input input) {
    return new Request(input.text(), input.blob());
  }

  static void ids(Output output, List<MessageId> ids) {
    output.number(ids.size());
    ids.forEach(id -> output.text(id.value()));
  }

  static List<MessageId> ids(Input input) {
    return list(input, from -> new MessageId(from.text()));
  }

  static void changes(Output output, List<RecordChange> changes) {
    output.number(changes.size());
    changes.forEach(change -> change(output, change));
  }

  static List<RecordChange> changes(Input input) {
    return list(input, Fields::change);
  }

  private static void change(Output output, RecordChange change) {
    switch (change) {
      case RecordChange.Put(RecordKey key, byte[] value) -> {
        output.oneByte(PUT);
        key(output, key);
        output.blob(value);
      }
      case RecordChange.Remove(RecordKey key) -> {
        output.oneByte(REMOVE);
        key(output, key);
      }
    }
  }

  private static RecordChange change(Input input) {
    int kind = input.oneByte();
    RecordKey key = new RecordKey(Codes.RECORD_KIND.read(input), input.text());
    return switch (kind) {
      case PUT -> new RecordChange.Put(key, input.blob());
      case REMOVE -> new RecordChange.Remove(key);
      default -> throw new UnreadableEntryException("this version knows no record change " + kind);
    };
  }

  private static void key(Output output, RecordKey key) {
    Codes.RECORD_KIND.write(output, key.kind());
    output.text(key.name());
  }

  /** The count is at most the bytes that are left, so a forged one reserves nothing. */
  private static <T> List<T> list(Input input, Function<Input, T> read) {
    int count = input.count();
    List<T> values = new ArrayList<>(Math.min(count, 64));
    for (int i = 0; i < count; i++) {
      values.add(read.apply(input));
    }
    return values;
  }
}
