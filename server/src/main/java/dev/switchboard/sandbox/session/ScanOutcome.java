package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.account.DeviceAddress;

/** How the scan of a QR code ended. */
public sealed interface ScanOutcome {
  /** The client is linked as this device. */
  record Linked(DeviceAddress device) implements ScanOutcome {}

  /** The text is no QR code of a client. */
  record NotACode() implements ScanOutcome {}

  /** No client shows this code, or not any more. */
  record UnknownCode() implements ScanOutcome {}

  /** The phone cannot link one more device. */
  record NoRoom() implements ScanOutcome {}

  /** The phone would be a new one, and the sandbox has as many as it may. */
  record NetworkFull() implements ScanOutcome {}

  /** The client did not accept, or what it signed was wrong. */
  record Refused() implements ScanOutcome {}
}
