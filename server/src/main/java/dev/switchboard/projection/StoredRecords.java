package dev.switchboard.projection;

import dev.switchboard.connector.AccountRecords;

/** One account's records in storage, where those lack that are pending. */
public interface StoredRecords extends AccountRecords {
  /**
   * Writes what is pending, after waiting for any transaction of the account whose end is not
   * known. When this returns nothing is pending and nothing in doubt.
   */
  void settle();
}
