package dev.switchboard.model;

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
  public String toString() {
    return value;
  }
}
