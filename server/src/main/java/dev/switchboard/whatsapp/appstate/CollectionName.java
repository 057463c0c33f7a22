package dev.switchboard.whatsapp.appstate;

import java.util.Arrays;
import java.util.Optional;

/** The collections there are, in the order in which independent clients ask for them. */
public enum CollectionName {
  CRITICAL_BLOCK("critical_block"),
  CRITICAL_UNBLOCK_LOW("critical_unblock_low"),
  REGULAR_HIGH("regular_high"),
  REGULAR_LOW("regular_low"),
  REGULAR("regular");

  private final String wireName;

  CollectionName(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }

  static Optional<CollectionName> of(String wireName) {
    return Arrays.stream(values()).filter(each -> each.wireName.equals(wireName)).findFirst();
  }
}
