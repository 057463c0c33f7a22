package dev.switchboard.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.model.GatewayException;
import dev.switchboard.webhook.Courier;
import dev.switchboard.webhook.Outcome;
import dev.switchboard.webhook.Parcel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Takes what is posted as a test wants it, and knows whether it came in order. */
final class FakeReceiver implements Courier {
  static final Outcome TAKEN = answered(200);
  private static final String URL = "https://receiver.example/";

  private final List<String> accepted = new ArrayList<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Map<String, Integer> newest = new HashMap<>();
  private final Set<String> reordered = new HashSet<>();
  private final Map<String, Integer> flyingOfChat = new HashMap<>();
  private int flying;
  private int mostFlying;
  private int posts;
  private volatile Function<String, Outcome> answer = _ -> TAKEN;

  static Outcome answered(int status) {
    return new Outcome.Answered(status, "said " + status, Optional.empty());
  }

  static Outcome away() {
    return new Outcome.Unreached(Outcome.Cause.CONNECT_FAILED, "nobody there");
  }

  /** Has posts of a text answered so from now on; may wait. */
  void answer(Function<String, Outcome> other) {
    answer = other;
  }

  @Override
  public Outcome deliver(Parcel parcel) throws InterruptedException {
    String text = new String(parcel.body(), UTF_8);
    begin(text);
    try {
      Outcome outcome = answer.apply(text);
      if (outcome.success()) {
        accept(text, String.valueOf(parcel.headers().get("webhook-id")));
      }
      return outcome;
    } finally {
      end(text);
    }
  }

  private synchronized void begin(String text) {
    posts++;
    mostFlying = Math.max(mostFlying, ++flying);
    if (flyingOfChat.merge(chat(text), 1, Integer::sum) > 1) {
      reordered.add(text + " at the same time as another");
    }
  }

  private synchronized void end(String text) {
    flying--;
    flyingOfChat.merge(chat(text), -1, Integer::sum);
  }

  /** New numbers of a chat come one after the other; old ones only if they were accepted before. */
  private synchronized void accept(String text, String id) {
    String before = ids.putIfAbsent(text, id);
    if (before == null && !text.endsWith(" again")) {
      int number = number(text);
      if (number != newest.merge(chat(text), 1, Integer::sum)) {
        reordered.add(text);
      }
    } else if (before != null && !before.equals(id)) {
      reordered.add(text + " with another id");
    }
    accepted.add(text);
  }

  private static String chat(String text) {
    return text.contains(":") ? text.substring(0, text.lastIndexOf(':')) : text;
  }

  private static int number(String text) {
    return text.contains(":") ? Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)) : 1;
  }

  @Override
  public void check(String url) {
    if (!url.startsWith(URL)) {
      throw GatewayException.invalidField("url", "leads elsewhere");
    }
  }

  static String url() {
    return URL;
  }

  /** What was accepted, in order, repeats too. */
  synchronized List<String> accepted() {
    return List.copyOf(accepted);
  }

  synchronized Set<String> distinct() {
    return Set.copyOf(ids.keySet());
  }

  synchronized Set<String> reordered() {
    return Set.copyOf(reordered);
  }

  synchronized int mostFlying() {
    return mostFlying;
  }

  synchronized int posts() {
    return posts;
  }
}
