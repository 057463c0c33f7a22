package dev.switchboard.whatsapp.wire;

import java.util.Arrays;
import java.util.List;

/** What a node holds besides its attributes. */
public sealed interface Content {
  /** The one {@link None}. */
  None NONE = new None();

  /** Nothing. */
  record None() implements Content {}

  /** Bytes; copied in, handed out by {@link Node#bytes()} as a copy. */
  @SuppressWarnings("ArrayRecordComponent") // copied in and out, compared by content
  record Binary(byte[] bytes) implements Content {
    public Binary {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }

    /** How many bytes, without a copy. */
    public int length() {
      return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return "Binary[" + bytes.length + " bytes]";
    }
  }

  /**
   * A string that the wire shortens as it shortens attributes (token, packed digits, JID). What is
   * written as plain text comes back as {@link Binary}: the wire does not tell the two apart.
   */
  record Text(String text) implements Content {
    @Override
    public String toString() {
      return "Text[" + text.length() + " characters]";
    }
  }

  /** Nodes. An empty list is not the same as {@link None} on the wire. */
  record Children(List<Node> nodes) implements Content {
    public Children {
      nodes = List.copyOf(nodes);
    }
  }
}
