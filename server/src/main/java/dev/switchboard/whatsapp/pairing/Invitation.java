package dev.switchboard.whatsapp.pairing;

import dev.switchboard.whatsapp.wire.Node;
import java.time.Instant;
import java.util.List;

/** What is shown so that a phone can link this device. Used on the session's thread only. */
interface Invitation {
  /**
   * The server is ready.
   *
   * @param references of QR codes
   */
  void open(List<String> references) throws InterruptedException;

  /** A notification about codes that are typed. */
  void notified(Node registration) throws InterruptedException;

  /** The deadline has come: shows what is next, or ends the pairing. */
  void overdue(Instant now);

  /** Until when what is shown now is good. */
  Instant deadline();

  /** What only a phone that was invited can seal its word with. */
  byte[] secret();

  /** Whether the phone that vouches for this device is the one that was agreed with. */
  boolean isBy(AccountProof proof);
}
