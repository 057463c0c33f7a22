package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.WireException;
import java.nio.charset.StandardCharsets;

/** Two characters in a byte: digits with "-" and "." (nibbles), or upper-case hex. */
enum Packing {
  NIBBLE(Tag.NIBBLE_8, "0123456789-."),
  HEX(Tag.HEX_8, "0123456789ABCDEF");

  static final int MAXIMUM_CHARACTERS = 127;

  private static final int FILLER = 15;
  private static final int ODD = 0x80;

  private final int tag;
  private final String alphabet;

  Packing(int tag, String alphabet) {
    this.tag = tag;
    this.alphabet = alphabet;
  }

  boolean fits(String text) {
    if (text.isEmpty() || text.length() > MAXIMUM_CHARACTERS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (alphabet.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  void write(String text, WireOutput output) {
    int length = text.length();
    output.writeByte(tag);
    output.writeByte((length + 1) / 2 | (length % 2 == 0 ? 0 : ODD));
    for (int i = 0; i < length; i += 2) {
      int low = i + 1 < length ? alphabet.indexOf(text.charAt(i + 1)) : FILLER;
      output.writeByte((alphabet.indexOf(text.charAt(i)) << 4) | low);
    }
  }

  String read(WireInput input) {
    int header = input.readByte();
    int bytes = header & ~ODD;
    int characters = 2 * bytes - ((header & ODD) == 0 ? 0 : 1);
    if (characters < 0) {
      throw new WireException("a packed string of an odd length without a byte");
    }
    byte[] packed = input.readBytes(bytes);
    byte[] text = new byte[characters];
    for (int i = 0; i < characters; i++) {
      int value = (i % 2 == 0 ? packed[i / 2] >> 4 : packed[i / 2]) & 0xf;
      text[i] = character(value);
    }
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  private byte character(int value) {
    if (value >= alphabet.length()) {
      throw new WireException("a packed string holds the unused value " + value);
    }
    return (byte) alphabet.charAt(value);
  }
}
