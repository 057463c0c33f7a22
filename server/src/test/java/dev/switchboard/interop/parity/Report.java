package dev.switchboard.interop.parity;

import java.util.ArrayList;
import java.util.List;

/** The page that shows every difference with its reason. */
final class Report {
  private static final String HEAD =
      """
      # Wire parity

      What Switchboard says to the network, beside what Baileys 7.0.0-rc14 says for the same operation on
      the same sandbox. Compared are tags, attributes and children of every stanza that leaves; ids, times,
      keys and ciphertext are masked, numbers are replaced by OWN and PEER. Order and number are left out
      because clients send much in parallel and some of it twice, and so are pings and the reporting token
      that Baileys adds to some texts. `WireParityIT` makes this page anew in every
      build and fails when it differs, or when a difference has no reason
      (`wire-parity-reasons.properties`). After a change that is meant:
      `./mvnw verify -Dit.test=WireParityIT -Dwire-parity.write=true`.

      """;

  private final Reasons reasons;
  private final List<String> unexplained = new ArrayList<>();

  Report(Reasons reasons) {
    this.reasons = reasons;
  }

  String of(List<Comparison> comparisons) {
    StringBuilder page = new StringBuilder(HEAD);
    comparisons.forEach(comparison -> section(comparison, page));
    return page.toString();
  }

  /** Differences without a reason, found while the page was made. */
  List<String> unexplained() {
    return unexplained;
  }

  private void section(Comparison comparison, StringBuilder page) {
    page.append("## ").append(comparison.operation()).append("\n\n");
    page.append(comparison.alike()).append(" stanzas alike.\n\n");
    comparison.differences().forEach(each -> difference(comparison.operation(), each, page));
  }

  private void difference(String operation, Comparison.Difference difference, StringBuilder page) {
    String reason = reasons.of(operation, difference.kind()).orElse("");
    if (reason.isEmpty()) {
      unexplained.add(
          operation
              + " / "
              + difference.kind()
              + "\n  ours:   "
              + difference.ours()
              + "\n  theirs: "
              + difference.theirs());
    }
    page.append("**").append(difference.kind()).append("**: ").append(reason).append("\n\n```\n");
    difference.ours().forEach(text -> page.append("Switchboard  ").append(text).append('\n'));
    difference.theirs().forEach(text -> page.append("Baileys      ").append(text).append('\n'));
    page.append("```\n\n");
  }
}
