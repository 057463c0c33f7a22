package dev.switchboard.store.account;

import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.model.pacing.Typing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** A pacing policy as bytes: a version, then its parts in their order. Nothing of it is private. */
final class PacingBytes {
  private static final int VERSION = 2;

  /** The first one: without a word on whether every text is typed. */
  private static final int WITHOUT_EVERY_TEXT = 1;

  private PacingBytes() {}

  static byte[] encode(PacingPolicy policy) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      output.writeByte(VERSION);
      write(output, policy.gap().minimum());
      write(output, policy.gap().maximum());
      write(output, policy.gap().jitter());
      output.writeInt(policy.budgets().perMinute());
      output.writeInt(policy.budgets().perHour());
      output.writeInt(policy.budgets().perDay());
      write(output, policy.newRecipients());
      write(output, policy.quietHours());
      output.writeInt(policy.typing().charactersPerMinute());
      write(output, policy.typing().longest());
      output.writeBoolean(policy.typing().everyText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static PacingPolicy decode(byte[] bytes) {
    try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = input.readByte();
      if (version != VERSION && version != WITHOUT_EVERY_TEXT) {
        throw new IllegalArgumentException("a pacing policy of the unknown version " + version);
      }
      return new PacingPolicy(
          new Gap(duration(input), duration(input), duration(input)),
          new Budgets(input.readInt(), input.readInt(), input.readInt()),
          newRecipients(input),
          quietHours(input),
          new Typing(input.readInt(), duration(input), version == VERSION && input.readBoolean()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream output, NewRecipients budget) throws IOException {
    output.writeByte(budget.steps().size());
    for (NewRecipients.Step step : budget.steps()) {
      output.writeInt(step.fromDay());
      output.writeInt(step.perDay());
    }
  }

  private static NewRecipients newRecipients(DataInputStream input) throws IOException {
    List<NewRecipients.Step> steps = new ArrayList<>();
    for (int left = input.readByte(); left > 0; left--) {
      steps.add(new NewRecipients.Step(input.readInt(), input.readInt()));
    }
    return new NewRecipients(steps);
  }

  private static void write(DataOutputStream output, QuietHours quiet) throws IOException {
    output.writeUTF(quiet.zone().getId());
    output.writeByte(quiet.intervals().size());
    for (QuietHours.Interval interval : quiet.intervals()) {
      output.writeInt(interval.from().toSecondOfDay());
      output.writeInt(interval.to().toSecondOfDay());
    }
  }

  private static QuietHours quietHours(DataInputStream input) throws IOException {
    ZoneId zone = ZoneId.of(input.readUTF());
    List<QuietHours.Interval> intervals = new ArrayList<>();
    for (int left = input.readByte(); left > 0; left--) {
      LocalTime from = LocalTime.ofSecondOfDay(input.readInt());
      intervals.add(new QuietHours.Interval(from, LocalTime.ofSecondOfDay(input.readInt())));
    }
    return new QuietHours(zone, intervals);
  }

  private static void write(DataOutputStream output, Duration duration) throws IOException {
    output.writeLong(duration.toNanos());
  }

  private static Duration duration(DataInputStream input) throws IOException {
    return Duration.ofNanos(input.readLong());
  }
}
