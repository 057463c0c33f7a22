package dev.switchboard.contract;

import dev.switchboard.model.GatewayException;
import java.util.Locale;

/**
 * Enums are named the same in the model and in the contract, where the style of protobuf puts the
 * enum's own name before each value. Tests hold both sides equal.
 */
public final class ContractNames {
  private ContractNames() {}

  /** The contract's value for one of the model. */
  public static <E extends Enum<E>> E toContract(Class<E> type, String prefix, Enum<?> value) {
    return Enum.valueOf(type, prefix + value.name());
  }

  /** The model's value for one of the contract; unspecified and unknown ones are refused. */
  public static <E extends Enum<E>> E toModel(
      Class<E> type, String prefix, Enum<?> value, String field) {
    for (E candidate : type.getEnumConstants()) {
      if (value.name().equals(prefix + candidate.name())) {
        return candidate;
      }
    }
    throw GatewayException.invalidField(
        field, "must be a known value, not " + value.name().toLowerCase(Locale.ROOT));
  }
}
