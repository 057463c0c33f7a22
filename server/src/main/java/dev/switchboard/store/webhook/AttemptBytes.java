package dev.switchboard.store.webhook;

import dev.switchboard.webhook.Attempt;
import dev.switchboard.webhook.Outcome;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Attempts as bytes. */
final class AttemptBytes {
  private static final int ANSWERED = 0;
  private static final int UNREACHED = 1;
  private static final long NOTHING = -1;

  private AttemptBytes() {}

  static void write(DataOutputStream output, Attempt attempt) throws IOException {
    output.writeInt(attempt.number());
    Bytes.write(output, attempt.at());
    output.writeLong(attempt.latency().toNanos());
    switch (attempt.outcome()) {
      case Outcome.Answered answered -> {
        output.writeByte(ANSWERED);
        output.writeInt(answered.status());
        output.writeUTF(answered.answer());
        output.writeLong(answered.retryAfter().map(Duration::toSeconds).orElse(NOTHING));
      }
      case Outcome.Unreached unreached -> {
        output.writeByte(UNREACHED);
        output.writeUTF(unreached.cause().name());
        output.writeUTF(unreached.detail());
      }
    }
  }

  static Attempt read(DataInputStream input) throws IOException {
    var number = input.readInt();
    var at = Bytes.instant(input);
    var latency = Duration.ofNanos(input.readLong());
    return new Attempt(number, at, latency, outcome(input));
  }

  private static Outcome outcome(DataInputStream input) throws IOException {
    if (input.readByte() == UNREACHED) {
      return new Outcome.Unreached(Outcome.Cause.valueOf(input.readUTF()), input.readUTF());
    }
    var status = input.readInt();
    var answer = input.readUTF();
    var seconds = input.readLong();
    return new Outcome.Answered(
        status,
        answer,
        seconds == NOTHING ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
  }
}
