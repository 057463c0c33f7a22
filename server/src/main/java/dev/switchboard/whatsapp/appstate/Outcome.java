package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
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

  /** The server gave an error that may pass. */
  record Later(int code) implements Outcome {}
}
