package dev.switchboard.whatsapp.media;

/** What became of media that somebody wanted. */
@SuppressWarnings("ArrayRecordComponent") // Handed through, not compared.
public sealed interface Fetched {
  /** The verified content. */
  record Whole(byte[] content) implements Fetched {
    /** Hides it. */
    @Override
    public String toString() {
      return "Whole[" + content.length + " bytes]";
    }
  }

  /** Nothing of it counts. */
  record Failed(MediaFault fault) implements Fetched {}
}
