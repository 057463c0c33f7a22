package dev.switchboard.model;

import java.util.regex.Pattern;

/**
 * Names an instance within its tenant: 1 to 63 lower-case letters, digits, {@code -}, {@code _}.
 */
public record InstanceId(String value) {
  private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

  public InstanceId {
    if (!SHAPE.matcher(value).matches()) {
      throw GatewayException.invalidField(
          "instance_id", "must be 1 to 63 characters of a-z, 0-9, - or _");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
