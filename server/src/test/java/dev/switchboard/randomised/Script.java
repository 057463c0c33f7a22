package dev.switchboard.randomised;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Writes the steps of a run. Nothing but the seed and the length decides: the same pair gives the
 * same steps, on any machine.
 */
final class Script {
  /** A person has at most so many devices beside the phone. */
  private static final int MOST_DEVICES = 3;

  /** After so many steps everything must have come to its end. */
  private static final int STEPS_BETWEEN_SETTLEMENTS = 60;

  private final RandomGenerator random;
  private final List<String> instances = new ArrayList<>(Cast.HELD);
  private int texts;
  private int linked;

  private Script(long seed) {
    this.random = new SplittableRandom(seed);
  }

  static List<Step> of(long seed, int length) {
    Script script = new Script(seed);
    List<Step> steps = new ArrayList<>();
    for (int i = 1; i <= length; i++) {
      steps.add(i % STEPS_BETWEEN_SETTLEMENTS == 0 ? new Step.Settle() : script.next());
    }
    steps.add(new Step.Settle());
    return steps;
  }

  private Step next() {
    int die = random.nextInt(100);
    if (die < 50) {
      return gatewaySends();
    } else if (die < 80) {
      return phoneSends();
    } else if (die < 92) {
      return Trouble.next(random);
    } else if (die < 96) {
      return new Step.DropConnections();
    } else if (die < 97) {
      return new Step.RestartServer();
    } else if (die < 98) {
      return new Step.ReinstallPhone(any(Cast.PHONES_ONLY));
    } else if (die < 99) {
      return unlinkDevice();
    }
    return linkDevice();
  }

  private Step gatewaySends() {
    String instance = any(instances);
    return new Step.GatewaySends(instance, otherThan(person(instance)), text());
  }

  private Step phoneSends() {
    String from = any(Cast.everybody());
    return new Step.PhoneSends(from, otherThan(from), text());
  }

  /** Sends instead when the person has all the devices it may have. */
  private Step linkDevice() {
    String person = any(Cast.HELD);
    long devices = instances.stream().filter(instance -> person(instance).equals(person)).count();
    if (devices >= MOST_DEVICES) {
      return gatewaySends();
    }
    linked++;
    String instance = person + "-" + linked;
    instances.add(instance);
    return new Step.LinkDevice(person, instance);
  }

  /** One that was linked in the run; sends instead when there is none. */
  private Step unlinkDevice() {
    List<String> guests = instances.stream().filter(name -> name.indexOf('-') >= 0).toList();
    if (guests.isEmpty()) {
      return gatewaySends();
    }
    String instance = any(guests);
    instances.remove(instance);
    return new Step.UnlinkDevice(instance);
  }

  /** Whose account an instance holds. */
  static String person(String instance) {
    int dash = instance.indexOf('-');
    return dash < 0 ? instance : instance.substring(0, dash);
  }

  private String otherThan(String person) {
    return any(Cast.everybody().stream().filter(other -> !other.equals(person)).toList());
  }

  /** No text twice: so each can be followed. */
  private String text() {
    texts++;
    return "text " + texts + " " + "x".repeat(random.nextInt(200));
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }
}
