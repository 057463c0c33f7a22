package dev.switchboard.interop.parity;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What two clients said for one operation. The order is not compared: independent clients send much
 * of it in parallel.
 */
record Comparison(String operation, int alike, List<Difference> differences) {
  /**
   * One kind of stanza in which the two differ.
   *
   * @param ours what only Switchboard said
   * @param theirs what only the other client said
   */
  record Difference(String kind, List<String> ours, List<String> theirs) {}

  static Comparison of(String operation, List<Saying> ours, List<Saying> theirs) {
    Set<Saying> onlyOurs = new LinkedHashSet<>(ours);
    Set<Saying> onlyTheirs = new LinkedHashSet<>(theirs);
    onlyTheirs.removeAll(Set.copyOf(ours));
    onlyOurs.removeAll(Set.copyOf(theirs));
    int alike = Set.copyOf(ours).size() - onlyOurs.size();
    return new Comparison(operation, alike, byKind(onlyOurs, onlyTheirs));
  }

  private static List<Difference> byKind(Set<Saying> ours, Set<Saying> theirs) {
    var kinds = new TreeMap<String, Difference>();
    for (Saying saying : ours) {
      difference(kinds, saying).ours().add(saying.text());
    }
    for (Saying saying : theirs) {
      difference(kinds, saying).theirs().add(saying.text());
    }
    return kinds.values().stream().map(Comparison::sorted).toList();
  }

  private static Difference difference(TreeMap<String, Difference> kinds, Saying saying) {
    return kinds.computeIfAbsent(
        saying.kind(), kind -> new Difference(kind, new ArrayList<>(), new ArrayList<>()));
  }

  /** In an order that does not depend on who was faster. */
  private static Difference sorted(Difference difference) {
    return new Difference(
        difference.kind(),
        List.copyOf(new TreeSet<>(difference.ours())),
        List.copyOf(new TreeSet<>(difference.theirs())));
  }
}
