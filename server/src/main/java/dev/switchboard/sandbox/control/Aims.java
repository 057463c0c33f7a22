package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.network.Network;
import io.grpc.Status;

/** Who is meant by a request that names a person, a device of a person, or nobody. */
final class Aims {
  private Aims() {}

  /**
   * The aim.
   *
   * @throws io.grpc.StatusRuntimeException NOT_FOUND for an unknown person, INVALID_ARGUMENT for a
   *     device of nobody
   */
  static Aim of(Network network, boolean hasPerson, PersonName person, int device) {
    if (!hasPerson && device != 0) {
      throw Status.INVALID_ARGUMENT
          .withDescription("a device is named with its person")
          .asRuntimeException();
    }
    return hasPerson
        ? network.change(change -> new Aim(Directory.find(change, person).getPhoneNumber(), device))
        : Aim.EVERYBODY;
  }
}
