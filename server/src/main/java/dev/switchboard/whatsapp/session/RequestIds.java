package dev.switchboard.whatsapp.session;

import java.util.random.RandomGenerator;

/** Numbers the requests of one connection: a random prefix and a counter, as other clients do. */
public final class RequestIds {
  private final String prefix;
  private int last;

  public RequestIds(RandomGenerator random) {
    prefix = random.nextInt(1, 65_536) + "." + random.nextInt(1, 65_536) + "-";
  }

  String next() {
    last++;
    return prefix + last;
  }
}
