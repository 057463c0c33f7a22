package dev.switchboard.journal.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * The numbers that stand for the constants of an enumeration in what is kept: chosen by hand, so
 * that renaming or moving a constant changes nothing.
 */
final class Code<E extends Enum<E>> {
  private final String name;
  private final ToIntFunction<E> number;
  private final Map<Integer, E> constants = new HashMap<>();

  Code(Class<E> type, ToIntFunction<E> number) {
    this.name = type.getSimpleName();
    this.number = number;
    Arrays.stream(type.getEnumConstants()).forEach(this::add);
  }

  void write(Output output, E constant) {
    output.oneByte(number.applyAsInt(constant));
  }

  E read(Input input) {
    int code = input.oneByte();
    E constant = constants.get(code);
    if (constant == null) {
      throw new UnreadableEntryException("this version knows no " + name + " " + code);
    }
    return constant;
  }

  private void add(E constant) {
    if (constants.put(number.applyAsInt(constant), constant) != null) {
      throw new IllegalStateException("two constants of " + name + " have one number");
    }
  }
}
