package dev.switchboard.model;

import org.jspecify.annotations.Nullable;

/**
 * Names an instance within its tenant: 1 to 63 lower-case letters, digits, {@code -}, {@code _}.
 */
public record InstanceId(String value) {
  public InstanceId {
    if (!Names.isName(value)) {
      throw GatewayException.invalidField(
          "instance_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstanceId that && value.equals(that.value);
  }

  /** A text remembers its hash; a record would ask for it through method handles each time. */
  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
