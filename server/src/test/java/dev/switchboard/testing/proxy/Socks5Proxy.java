package dev.switchboard.testing.proxy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** RFC 1928 with the credentials of RFC 1929, and nothing without them. */
public final class Socks5Proxy extends TestProxy {
  private static final int VERSION = 5;
  private static final int PASSWORD_METHOD = 2;
  private static final int NO_METHOD = 0xff;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;

  @Override
  @Nullable Target greet(Socket client) throws IOException {
    DataInputStream input = new DataInputStream(client.getInputStream());
    OutputStream output = client.getOutputStream();
    expect(VERSION, input.readUnsignedByte());
    byte[] methods = bytes(input);
    if (new String(methods, StandardCharsets.ISO_8859_1).indexOf(PASSWORD_METHOD) < 0) {
      output.write(new byte[] {VERSION, (byte) NO_METHOD});
      return null;
    }
    output.write(new byte[] {VERSION, PASSWORD_METHOD});
    expect(1, input.readUnsignedByte());
    String username = text(input);
    String password = text(input);
    boolean welcome = username.equals(USERNAME) && password.equals(PASSWORD);
    output.write(new byte[] {1, (byte) (welcome ? 0 : 1)});
    return welcome ? target(input) : null;
  }

  private static Target target(DataInputStream input) throws IOException {
    expect(VERSION, input.readUnsignedByte());
    expect(CONNECT, input.readUnsignedByte());
    expect(0, input.readUnsignedByte());
    String host =
        switch (input.readUnsignedByte()) {
          case NAME -> text(input);
          case IPV4 -> InetAddress.getByAddress(input.readNBytes(4)).getHostAddress();
          default -> throw new IOException("an address of another kind");
        };
    return new Target(host, input.readUnsignedShort());
  }

  @Override
  void answer(OutputStream output, Mood answer) throws IOException {
    int reply =
        switch (answer) {
          case SERVE -> 0;
          case FORBID -> 2;
          default -> 5;
        };
    output.write(new byte[] {VERSION, (byte) reply, 0, IPV4, 0, 0, 0, 0, 0, 0});
  }

  @Override
  byte[] start() {
    return new byte[] {VERSION, PASSWORD_METHOD, 1, 0, VERSION, 0, 0, 99};
  }

  @Override
  byte[] endless() {
    return new byte[4_096];
  }

  private static String text(DataInputStream input) throws IOException {
    return new String(bytes(input), StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(DataInputStream input) throws IOException {
    byte[] bytes = new byte[input.readUnsignedByte()];
    input.readFully(bytes);
    return bytes;
  }

  private static void expect(int expected, int read) throws IOException {
    if (read != expected) {
      throw new IOException("no SOCKS5: " + read + " instead of " + expected);
    }
  }
}
