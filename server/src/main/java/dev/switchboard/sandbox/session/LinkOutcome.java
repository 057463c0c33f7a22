package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.DeviceAddress;

/** How the scan of a QR code, or the typing of a code, ended. */
public sealed interface LinkOutcome {
  /** The client is linked as this device. */
  record Linked(DeviceAddress device) implements LinkOutcome {}

  /** The text is no code of a client. */
  record NotACode() implements LinkOutcome {}

  /** No client shows this code, or waits for one on this phone, or not any more. */
  record UnknownCode() implements LinkOutcome {}

  /** The client shows another code than the one that was typed. */
  record WrongCode() implements LinkOutcome {}

  /** The phone cannot link one more device. */
  record NoRoom() implements LinkOutcome {}

  /** The phone would be a new one, and the sandbox has as many as it may. */
  record NetworkFull() implements LinkOutcome {}

  /** The account can be linked with a passkey only. */
  record PasskeyRequired() implements LinkOutcome {}

  /** The client did not accept, or what it signed was wrong. */
  record Refused() implements LinkOutcome {}
}
