package dev.switchboard.connector;

import dev.switchboard.model.AccountKey;

/** Makes the connectors of one network. */
public interface ConnectorFactory {
  /** A connector of the account; opens nothing yet. */
  Connector connector(AccountKey account);
}
