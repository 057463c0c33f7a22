package dev.switchboard.grpc.call;

import dev.switchboard.contract.PageToken;
import java.util.List;
import java.util.function.Function;

/** One page of a list that is ordered by a key. */
public record Pages<T>(List<T> items, String nextToken) {
  private static final int DEFAULT_SIZE = 100;

  /** How many items a request asks for; 0 leaves it to us. */
  public static int size(int asked) {
    return asked == 0 ? DEFAULT_SIZE : asked;
  }

  /**
   * Cuts a page from what was found.
   *
   * @param found one item more than the page holds, if there are more
   */
  public static <T> Pages<T> of(List<T> found, int size, String list, Function<T, String> key) {
    if (found.size() <= size) {
      return new Pages<>(found, "");
    }
    List<T> items = found.subList(0, size);
    return new Pages<>(items, new PageToken(list, key.apply(items.getLast())).encode());
  }
}
