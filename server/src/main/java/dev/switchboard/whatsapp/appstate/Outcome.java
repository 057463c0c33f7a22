package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.appstate.codec.AppStateException.Reason;
import dev.switchboard.whatsapp.media.MediaFault;
import java.util.List;

/** What became of one answer for one collection. What could be taken of it is durable. */
sealed interface Outcome {
  /** Everything there is was taken. */
  record Done() implements Outcome {}

  /** The server has more. */
  record More() implements Outcome {}

  /** It waits for keys of the own phone. */
  record Held(List<ByteString> missing) implements Outcome {}

  /** It does not fit what is known: only reading the collection anew can help. */
  record Broken(String reason) implements Outcome {}

  /** Nothing that is done here can help. */
  record Unreadable(String reason) implements Outcome {}

  /** It changed here after it was asked for. */
  record Overtaken() implements Outcome {}

  /** What lies outside of the stanza cannot be had for now. */
  record OutOfReach(String reason) implements Outcome {}

  /** What to make of a part outside of the stanza that was not had. */
  static Outcome unfetched(MediaFault fault) {
    String reason = Reason.EXTERNAL_BLOB + ": " + fault;
    return switch (fault) {
      // Another answer names another one, and a snapshot does without a patch's.
      case GONE, DAMAGED, MALFORMED_REFERENCE -> new Broken(reason);
      case TOO_LARGE -> new Unreadable(reason);
      case PROXY_FAILED, HOST_FAILED, TIMED_OUT, BUSY -> new OutOfReach(reason);
    };
  }

  /** The server gave an error that may pass. */
  record Later(int code) implements Outcome {}
}
