package dev.switchboard.journal.codec;

import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.message.FailureCause;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Priority;
import dev.switchboard.model.message.UndecryptableReason;

/** The numbers of every enumeration in an entry. A number once given is never given again. */
final class Codes {
  static final Code<RecordKind> RECORD_KIND = new Code<>(RecordKind.class, Codes::of);
  static final Code<FailureCause> FAILURE_CAUSE = new Code<>(FailureCause.class, Codes::of);
  static final Code<MessageStatus> STATUS = new Code<>(MessageStatus.class, Codes::of);
  static final Code<Priority> PRIORITY = new Code<>(Priority.class, Codes::of);
  static final Code<UndecryptableReason> UNDECRYPTABLE =
      new Code<>(UndecryptableReason.class, Codes::of);

  private Codes() {}

  private static int of(RecordKind kind) {
    return switch (kind) {
      case CREDENTIALS -> 1;
      case SESSION -> 2;
      case IDENTITY -> 3;
      case PREKEY -> 4;
      case SIGNED_PREKEY -> 5;
      case SENDER_KEY -> 6;
      case APP_STATE_KEY -> 7;
      case APP_STATE_VERSION -> 8;
      case APP_STATE_ENTRY -> 9;
      case DEVICE_LIST -> 10;
      case ALIAS -> 11;
      case ROUTING -> 12;
      case RETRY_REQUEST -> 13;
      case RETRY_ANSWER -> 14;
      case SESSION_RENEWAL -> 15;
      case PRIVACY_TOKEN -> 16;
    };
  }

  private static int of(FailureCause cause) {
    return switch (cause) {
      case RECIPIENT_NOT_ON_WHATSAPP -> 1;
      case REACHOUT_TIMELOCK -> 2;
      case PRIVACY_TOKEN_MISSING -> 3;
      case RECIPIENT_REFUSED -> 4;
      case REFUSED_BY_NETWORK -> 5;
      case OUTCOME_UNKNOWN -> 6;
      case KEY_NOT_TRUSTED -> 7;
      case LOGGED_OUT -> 8;
      case RETRIES_EXHAUSTED -> 9;
      case EXPIRED -> 10;
    };
  }

  private static int of(MessageStatus status) {
    return switch (status) {
      case ACCEPTED -> 1;
      case SENDING -> 2;
      case SENT -> 3;
      case DELIVERED -> 4;
      case READ -> 5;
      case PLAYED -> 6;
      case FAILED -> 7;
      case RECEIVED -> 8;
      case CANCELLED -> 9;
    };
  }

  private static int of(Priority priority) {
    return switch (priority) {
      case HIGH -> 1;
      case NORMAL -> 2;
      case LOW -> 3;
    };
  }

  private static int of(UndecryptableReason reason) {
    return switch (reason) {
      case NO_SESSION -> 1;
      case UNKNOWN_PREKEY -> 2;
      case BAD_MAC -> 3;
      case TOO_OLD -> 4;
      case TOO_FAR_AHEAD -> 5;
      case UNTRUSTED_IDENTITY -> 6;
      case MALFORMED -> 7;
      case DAMAGED_SESSION -> 8;
      case UNPROVEN_DEVICE -> 9;
    };
  }
}
