package dev.switchboard.whatsapp.signal;

/**
 * Names one durable record of a device.
 *
 * @param name the address of a session, identity or sender key; the decimal id of a prekey
 */
public record SignalRecordKey(Kind kind, String name) {
  /** What a record holds. The names are stored: do not rename. */
  public enum Kind {
    SESSION,
    IDENTITY,
    PREKEY,
    SIGNED_PREKEY,
    SENDER_KEY
  }

  /** Where the sessions with a device lie. */
  public static SignalRecordKey session(SignalAddress address) {
    return new SignalRecordKey(Kind.SESSION, address.recordName());
  }

  /** Where the identity of a device lies. */
  public static SignalRecordKey identity(SignalAddress address) {
    return new SignalRecordKey(Kind.IDENTITY, address.recordName());
  }

  static SignalRecordKey preKey(int id) {
    return new SignalRecordKey(Kind.PREKEY, Integer.toString(id));
  }

  static SignalRecordKey signedPreKey(int id) {
    return new SignalRecordKey(Kind.SIGNED_PREKEY, Integer.toString(id));
  }
}
