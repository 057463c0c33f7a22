package dev.switchboard.whatsapp.appstate;

/**
 * Why a collection is not followed.
 *
 * @param reason for people; empty while it is followed
 * @param lasting whether it is not tried again soon
 */
record Trouble(String reason, boolean lasting) {
  static final Trouble NONE = new Trouble("", false);

  static Trouble lasting(String reason) {
    return new Trouble(reason, true);
  }

  static Trouble passing(String reason) {
    return new Trouble(reason, false);
  }

  boolean isNone() {
    return reason.isEmpty();
  }
}
