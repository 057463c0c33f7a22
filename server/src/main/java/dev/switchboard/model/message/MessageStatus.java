package dev.switchboard.model.message;

/** How far a message has come; it only ever moves forward. */
public enum MessageStatus {
  /** Stored; will be sent. */
  ACCEPTED(0),
  /** Written to the network at least once, not acknowledged yet. */
  SENDING(1),
  /** The network has it. */
  SENT(2),
  /** A device of the recipient has it. */
  DELIVERED(3),
  /** The recipient has read it. */
  READ(4),
  /** The recipient has played it. */
  PLAYED(5),
  /** It will not be sent; the failure says why. */
  FAILED(Integer.MAX_VALUE),
  /** The caller took it back before it was written to the network. */
  CANCELLED(Integer.MAX_VALUE),
  /** An inbound message: it has arrived here. */
  RECEIVED(Integer.MAX_VALUE);

  private final int step;

  MessageStatus(int step) {
    this.step = step;
  }

  /** Whether a message in this status may move on to the other. */
  public boolean mayBecome(MessageStatus next) {
    return switch (this) {
      case ACCEPTED -> next != RECEIVED && next.step > step;
      case SENDING -> next != RECEIVED && next != CANCELLED && next.step > step;
      case SENT, DELIVERED, READ -> next.step > step && next.step <= PLAYED.step;
      case PLAYED, FAILED, CANCELLED, RECEIVED -> false;
    };
  }
}
