package dev.switchboard.whatsapp.wire.codec;

/**
 * How much a peer may ask of the decoder.
 *
 * @param maximumDepth nodes within nodes
 * @param maximumItems nodes and attributes together
 * @param maximumInflatedBytes size of a compressed node when inflated
 */
public record DecoderLimits(int maximumDepth, int maximumItems, int maximumInflatedBytes) {
  /**
   * Stanzas nest less than ten deep; the largest known list (the members of all groups) stays well
   * below these numbers.
   */
  public static final DecoderLimits DEFAULT = new DecoderLimits(32, 1_000_000, 16 << 20);

  public DecoderLimits {
    if (maximumDepth < 1 || maximumItems < 1 || maximumInflatedBytes < 1) {
      throw new IllegalArgumentException("limits are positive");
    }
  }
}
