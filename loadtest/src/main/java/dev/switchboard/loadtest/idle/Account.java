package dev.switchboard.loadtest.idle;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** One of the accounts, by its number from 0 on. */
record Account(int number) {
  /** Id of its instance. */
  String instanceId() {
    return String.format(Locale.ROOT, "idle-%05d", number);
  }

  /** Name of the person whose phone it is linked to. */
  String owner() {
    return String.format(Locale.ROOT, "Owner %05d", number);
  }

  /** Those of the people that it writes to: the ones after its own number, in a circle. */
  List<String> peers(List<String> people, int count) {
    return IntStream.range(0, count)
        .mapToObj(step -> people.get((number + step) % people.size()))
        .toList();
  }
}
