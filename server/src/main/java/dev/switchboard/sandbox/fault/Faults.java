package dev.switchboard.sandbox.fault;

import dev.switchboard.sandbox.account.DeviceAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** The faults that are armed; each occurrence uses one up. Safe for all threads. */
public final class Faults {
  /** Stands for "until it is taken back". */
  public static final int ENDLESS = Integer.MAX_VALUE;

  public static final int MOST_ARMED = 10_000;
  private static final int HUNDRED = 100;

  /**
   * Lies in what is encrypted or in what authenticates it, never in what frames them: of
   * libsignal's messages a MAC of 8 bytes is the end, behind 16 bytes of ciphertext at least and
   * before at most 11 bytes of numbers; of a group's message a signature of 64 bytes.
   */
  private static final int BEFORE_THE_END = 20;

  private final RandomGenerator random;
  private final Map<Order, Armed> armed = new HashMap<>();

  public Faults(RandomGenerator random) {
    this.random = random;
  }

  /**
   * Lets the fault happen so many times from now on, to whomever comes first, instead of what was
   * armed before.
   *
   * @param times 0 takes it back
   * @param code the code of a failure or stream error; without meaning for other faults
   */
  public void arm(Fault fault, int times, int code) {
    boolean _ = arm(fault, Aim.EVERYBODY, times, Manner.USUAL.withCode(code));
  }

  /**
   * Lets the fault happen so many times from now on to those aimed at, instead of what was armed
   * before with the same aim. Of several that cover a device the closest happens.
   *
   * @param times 0 takes it back, {@link #ENDLESS} does not run out
   * @return false if as many faults are armed as may be
   */
  public synchronized boolean arm(Fault fault, Aim aim, int times, Manner manner) {
    if (times < 0) {
      throw new IllegalArgumentException("a fault cannot happen less than never");
    }
    var order = new Order(fault, aim);
    armed.remove(order);
    if (times > 0 && armed.size() >= MOST_ARMED) {
      return false;
    }
    if (times > 0) {
      armed.put(order, new Armed(times, manner));
    }
    return true;
  }

  /** Takes back everything that is armed. */
  public synchronized void clear() {
    armed.clear();
  }

  /** Whether it is to happen this time, where nobody is known yet. */
  public boolean happens(Fault fault) {
    return code(fault).isPresent();
  }

  /** Whether it is to happen to this device this time. */
  public boolean happens(Fault fault, DeviceAddress device) {
    return strike(fault, device).isPresent();
  }

  /** The code to use if it is to happen this time, where nobody is known yet. */
  public synchronized OptionalInt code(Fault fault) {
    return strike(new Order(fault, Aim.EVERYBODY))
        .map(manner -> OptionalInt.of(manner.code()))
        .orElse(OptionalInt.empty());
  }

  /** How it is to happen if it is to happen to this device this time. */
  public synchronized Optional<Manner> strike(Fault fault, DeviceAddress device) {
    if (armed.isEmpty()) {
      return Optional.empty();
    }
    for (Aim aim : Aim.covering(device)) {
      Optional<Manner> manner = strike(new Order(fault, aim));
      if (manner.isPresent()) {
        return manner;
      }
    }
    return Optional.empty();
  }

  private Optional<Manner> strike(Order order) {
    Armed now = armed.get(order);
    if (now == null || !hits(now.manner())) {
      return Optional.empty();
    }
    if (now.times() == 1) {
      armed.remove(order);
    } else if (now.times() != ENDLESS) {
      armed.put(order, new Armed(now.times() - 1, now.manner()));
    }
    return Optional.of(now.manner());
  }

  private boolean hits(Manner manner) {
    return manner.percent() == HUNDRED || random.nextInt(HUNDRED) < manner.percent();
  }

  /** A ciphertext as it reaches the device: changed if that is to happen this time. */
  public byte[] carried(byte[] ciphertext, DeviceAddress device) {
    return ciphertext.length > BEFORE_THE_END && happens(Fault.CIPHERTEXT, device)
        ? damaged(ciphertext, ciphertext.length - BEFORE_THE_END)
        : ciphertext;
  }

  /** The bytes with one bit changed somewhere behind the middle. */
  public static byte[] damaged(byte[] bytes) {
    return damaged(bytes, bytes.length * 7 / 10);
  }

  private static byte[] damaged(byte[] bytes, int place) {
    byte[] copy = bytes.clone();
    copy[place] ^= 0x10;
    return copy;
  }

  private record Order(Fault fault, Aim aim) {}

  private record Armed(int times, Manner manner) {}
}
