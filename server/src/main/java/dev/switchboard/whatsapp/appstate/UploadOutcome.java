package dev.switchboard.whatsapp.appstate;

/** What became of a change that this device wanted to make. */
public sealed interface UploadOutcome {
  /** The server has it, and so will all devices. */
  record Done(long version) implements UploadOutcome {}

  /** The own phone has not shared the keys to write, or to read what was written before. */
  record Held() implements UploadOutcome {}

  /** The collection could not be brought up to date, or others were faster again and again. */
  record GaveUp() implements UploadOutcome {}

  /** The connection ended before the server said anything to it. */
  record Unknown() implements UploadOutcome {}

  /** The server will not have it. */
  record Refused(int code) implements UploadOutcome {}
}
