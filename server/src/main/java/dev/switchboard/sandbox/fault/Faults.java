package dev.switchboard.sandbox.fault;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/** The faults that are armed; each occurrence uses one up. Safe for all threads. */
public final class Faults {
  private final Map<Fault, Armed> armed = new EnumMap<>(Fault.class);

  /**
   * Lets the fault happen so many times from now on, instead of what was armed before.
   *
   * @param times 0 takes it back
   * @param code the code of a failure or stream error; without meaning for other faults
   */
  public synchronized void arm(Fault fault, int times, int code) {
    if (times < 0) {
      throw new IllegalArgumentException("a fault cannot happen less than never");
    }
    armed.put(fault, new Armed(times, code));
  }

  /** Whether it is to happen this time. */
  public boolean happens(Fault fault) {
    return code(fault).isPresent();
  }

  /** The code to use if it is to happen this time. */
  public synchronized OptionalInt code(Fault fault) {
    Armed now = armed.get(fault);
    if (now == null || now.times() == 0) {
      return OptionalInt.empty();
    }
    armed.put(fault, new Armed(now.times() - 1, now.code()));
    return OptionalInt.of(now.code());
  }

  /** The bytes with one bit changed somewhere behind the middle. */
  public static byte[] damaged(byte[] bytes) {
    byte[] copy = bytes.clone();
    copy[bytes.length * 7 / 10] ^= 0x10;
    return copy;
  }

  private record Armed(int times, int code) {}
}
