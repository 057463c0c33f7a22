package dev.switchboard.loadtest.crash;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What callers were told against what phones decrypted.
 *
 * @param accepted messages that were answered
 * @param lost of these, not on the phone of their recipient
 * @param doubled further ids under which one nonce came, or that one call was answered with
 * @param resent further copies of ids that phones had already
 * @param resentNeedlessly of these, what was accepted and sent without a kill in between
 * @param reordered messages that came after a later one of their chat
 */
record Verdict(
    int accepted, int lost, int doubled, int resent, int resentNeedlessly, int reordered) {
  /**
   * A message as a phone shows it.
   *
   * @param sequence place in the phone's list
   * @param repeats further copies of the same id
   */
  record Seen(Nonce nonce, String id, long sequence, int repeats) {}

  static Verdict of(Answers answers, List<Seen> seen) {
    Map<Nonce, String> accepted = answers.ids();
    Map<Nonce, Set<String>> ids = new HashMap<>();
    seen.forEach(message ->
        ids.computeIfAbsent(message.nonce(), nonce -> new HashSet<>()).add(message.id()));
    Set<Nonce> lost = new HashSet<>(accepted.keySet());
    lost.removeAll(ids.keySet());
    Set<String> unbroken = answers.unbroken();
    return new Verdict(
        accepted.size(),
        lost.size(),
        answers.contradictions() + furtherIds(accepted, ids),
        seen.stream().mapToInt(Seen::repeats).sum(),
        seen.stream()
            .filter(message -> unbroken.contains(message.id()))
            .mapToInt(Seen::repeats)
            .sum(),
        reordered(seen));
  }

  boolean holds() {
    return lost == 0 && doubled == 0 && resentNeedlessly == 0 && reordered == 0;
  }

  /** The id that the caller was told counts as one, whether it came or not. */
  private static int furtherIds(Map<Nonce, String> accepted, Map<Nonce, Set<String>> ids) {
    int further = 0;
    for (var entry : ids.entrySet()) {
      Set<String> all = new HashSet<>(entry.getValue());
      String told = accepted.get(entry.getKey());
      if (told != null) {
        all.add(told);
      }
      further += all.size() - 1;
    }
    return further;
  }

  private static int reordered(List<Seen> seen) {
    Map<Integer, List<Seen>> chats =
        seen.stream().collect(Collectors.groupingBy(message -> message.nonce().chat()));
    int count = 0;
    for (List<Seen> chat : chats.values()) {
      int last = -1;
      for (Seen message : chat.stream().sorted(Comparator.comparingLong(Seen::sequence)).toList()) {
        if (message.nonce().place() < last) {
          count++;
        }
        last = Math.max(last, message.nonce().place());
      }
    }
    return count;
  }
}
