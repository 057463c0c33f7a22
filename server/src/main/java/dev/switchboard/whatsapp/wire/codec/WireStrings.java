package dev.switchboard.whatsapp.wire.codec;

import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Server;
import dev.switchboard.whatsapp.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Strings as nodes hold them: tokens, packed digits, JIDs, or plain UTF-8. */
final class WireStrings {
  private static final int INTEGRATOR_LIMIT = 65_535;

  private WireStrings() {}

  static void write(String text, WireOutput output) {
    byte[] token = Tokens.bytes(text);
    if (token != null) {
      output.writeBytes(token);
    } else if (Packing.NIBBLE.fits(text)) {
      Packing.NIBBLE.write(text, output);
    } else if (Packing.HEX.fits(text)) {
      Packing.HEX.write(text, output);
    } else {
      writeJidOrPlain(text, output);
    }
  }

  static String read(WireInput input) {
    return read(input.readByte(), input);
  }

  static String read(int tag, WireInput input) {
    return switch (tag) {
      case Tag.JID_PAIR -> readPart(input) + "@" + readServer(input);
      case Tag.DEVICE_JID -> readDeviceJid(input);
      case Tag.MESSENGER_JID -> {
        String user = readPart(input);
        int device = input.readNumber(2);
        yield text(user, device, readServer(input));
      }
      case Tag.INTEROP_JID -> {
        String user = readPart(input);
        int device = input.readNumber(2);
        int integrator = input.readNumber(2);
        yield text(integrator + "-" + user, device, readServer(input));
      }
      default -> readPlain(tag, input);
    };
  }

  /** A part of a JID; it cannot be a JID again, so that no input nests without end. */
  private static String readPart(WireInput input) {
    return readPlain(input.readByte(), input);
  }

  private static String readServer(WireInput input) {
    String server = readPart(input);
    if (server.isEmpty()) {
      throw new WireException("a JID without a server");
    }
    return server;
  }

  private static String readPlain(int tag, WireInput input) {
    return switch (tag) {
      case Tag.LIST_EMPTY -> "";
      case Tag.BINARY_8 -> utf8(input.readBytes(input.readByte()));
      case Tag.BINARY_20 -> utf8(input.readBytes(input.readNumber(3) & 0xfffff));
      case Tag.BINARY_32 -> utf8(input.readBytes(input.readNumber(4)));
      case Tag.NIBBLE_8 -> Packing.NIBBLE.read(input);
      case Tag.HEX_8 -> Packing.HEX.read(input);
      default -> readToken(tag, input);
    };
  }

  private static String readToken(int tag, WireInput input) {
    return tag >= Tag.DICTIONARY_0 && tag <= Tag.DICTIONARY_3
        ? Tokens.pair(tag - Tag.DICTIONARY_0, input.readByte())
        : Tokens.single(tag);
  }

  private static String readDeviceJid(WireInput input) {
    int domain = input.readByte();
    int device = input.readByte();
    String user = readPart(input);
    // An unknown domain is kept readable, so that it does not cost the stanza: no Jid parses it.
    return Server.ofDomain(domain)
        .map(server -> text(user, device, server.host()))
        .orElseGet(() -> text(user + "_" + domain, device, Server.USER.host()));
  }

  private static String text(String user, int device, String host) {
    return device == 0 ? user + "@" + host : user + ":" + device + "@" + host;
  }

  private static void writeJidOrPlain(String text, WireOutput output) {
    Optional<Jid> jid = text.indexOf('@') < 0 ? Optional.empty() : Jid.tryParse(text);
    if (jid.isEmpty() || !writeJid(jid.get(), text.indexOf(':') >= 0, output)) {
      output.writeBinary(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Whether the JID has a form of its own; the wire's tokens decide, as clients do it. */
  private static boolean writeJid(Jid jid, boolean deviceIsWritten, WireOutput output) {
    if (!deviceIsWritten) {
      writePair(jid, output);
      return true;
    }
    if (jid.server().domain().isPresent()) {
      output.writeByte(Tag.DEVICE_JID);
      output.writeByte(jid.server().domain().getAsInt());
      output.writeByte(jid.device());
      write(jid.user(), output);
      return true;
    }
    if (jid.server() == Server.MESSENGER) {
      output.writeByte(Tag.MESSENGER_JID);
      write(jid.user(), output);
      output.writeNumber(jid.device(), 2);
      write(jid.server().host(), output);
      return true;
    }
    return jid.server() == Server.INTEROP && writeInterop(jid, output);
  }

  private static void writePair(Jid jid, WireOutput output) {
    output.writeByte(Tag.JID_PAIR);
    if (jid.user().isEmpty()) {
      output.writeByte(Tag.LIST_EMPTY);
    } else {
      write(jid.user(), output);
    }
    write(jid.server().host(), output);
  }

  private static boolean writeInterop(Jid jid, WireOutput output) {
    int dash = jid.user().indexOf('-');
    String integrator = dash < 0 ? "" : jid.user().substring(0, dash);
    if (!integrator.matches("0|[1-9][0-9]{0,4}")
        || Integer.parseInt(integrator) > INTEGRATOR_LIMIT) {
      return false;
    }
    output.writeByte(Tag.INTEROP_JID);
    write(jid.user().substring(dash + 1), output);
    output.writeNumber(jid.device(), 2);
    output.writeNumber(Integer.parseInt(integrator), 2);
    write(jid.server().host(), output);
    return true;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
