package dev.switchboard.whatsapp.login;

/**
 * How many one-time prekeys the server is given.
 *
 * @param initial when it has none (812 as independent clients do)
 * @param minimum it is given more when it has fewer
 * @param refill how many more
 */
public record PreKeyLimits(int initial, int minimum, int refill) {
  public static final PreKeyLimits DEFAULT = new PreKeyLimits(812, 20, 100);

  public PreKeyLimits {
    if (initial < 1 || minimum < 1 || refill < minimum) {
      throw new IllegalArgumentException("prekeys are needed, and a refill reaches the minimum");
    }
  }
}
