package dev.switchboard.randomised;

import dev.switchboard.api.sandbox.v1.Fault;
import java.util.List;
import java.util.random.RandomGenerator;

/** What goes wrong in a run, and how often it is drawn. */
final class Trouble {
  /** Of these one or two at a time; each passes within seconds. */
  private static final List<Fault> QUICK =
      List.of(
          Fault.FAULT_CIPHERTEXT,
          Fault.FAULT_CIPHERTEXT,
          Fault.FAULT_LOGIN_FAILURE,
          Fault.FAULT_STREAM_ERROR,
          Fault.FAULT_LATENCY,
          Fault.FAULT_ACK_DOUBLED,
          Fault.FAULT_ACK_LATE,
          Fault.FAULT_ACK_ERROR,
          Fault.FAULT_MESSAGE_LOST,
          Fault.FAULT_MESSAGE_DOUBLED,
          Fault.FAULT_MESSAGES_SHUFFLED,
          Fault.FAULT_STALE_DEVICE_LIST);

  /** These are noticed only after a time limit of the engine, so they are rare. */
  private static final List<Fault> SLOW =
      List.of(
          Fault.FAULT_ACK_LOST,
          Fault.FAULT_STANZA_FROM_CLIENT_LOST,
          Fault.FAULT_HALF_OPEN,
          Fault.FAULT_SILENT,
          Fault.FAULT_MUTE);

  /** One in so many. */
  private static final int RARITY = 40;

  private static final List<Integer> UNAVAILABLE = List.of(500, 503);
  private static final List<Integer> REFUSED = List.of(463, 479, 400);

  private Trouble() {}

  static Step.GoWrong next(RandomGenerator random) {
    Fault fault = any(random, random.nextInt(RARITY) == 0 ? SLOW : QUICK);
    String person = fault == Fault.FAULT_STALE_DEVICE_LIST ? any(random, Cast.everybody()) : "";
    return new Step.GoWrong(fault, random.nextInt(1, 3), code(fault, random), person);
  }

  private static int code(Fault fault, RandomGenerator random) {
    if (fault == Fault.FAULT_ACK_ERROR) {
      return any(random, REFUSED);
    }
    boolean needed = fault == Fault.FAULT_LOGIN_FAILURE || fault == Fault.FAULT_STREAM_ERROR;
    return needed ? any(random, UNAVAILABLE) : 0;
  }

  private static <T> T any(RandomGenerator random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
