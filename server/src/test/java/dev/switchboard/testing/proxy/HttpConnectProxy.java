package dev.switchboard.testing.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CONNECT of HTTP/1.1, with Basic credentials. */
public final class HttpConnectProxy extends TestProxy {
  private static final String EXPECTED =
      "basic "
          + Base64.getEncoder()
              .encodeToString((USERNAME + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));

  @Override
  @Nullable Target greet(Socket client) throws IOException {
    List<String> head = head(client.getInputStream()).lines().toList();
    String[] request = head.getFirst().split(" ", -1);
    boolean welcome =
        head.stream()
            .anyMatch(line ->
                line.regionMatches(true, 0, "proxy-authorization: ", 0, 21)
                    && line.substring(21).regionMatches(true, 0, EXPECTED, 0, 6)
                    && line.substring(27).equals(EXPECTED.substring(6)));
    if (!request[0].equals("CONNECT") || !welcome) {
      write(
          client.getOutputStream(),
          String.join(
              "\r\n",
              "HTTP/1.1 407 Proxy Authentication Required",
              "Proxy-Authenticate: Basic realm=\"test\"",
              "Content-Length: 4",
              "",
              "no!\n"));
      return null;
    }
    int colon = request[1].lastIndexOf(':');
    return new Target(
        request[1].substring(0, colon), Integer.parseInt(request[1].substring(colon + 1)));
  }

  @Override
  void answer(OutputStream output, Mood answer) throws IOException {
    write(
        output,
        switch (answer) {
          case SERVE -> "HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n";
          case FORBID -> "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
          default -> "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";
        });
  }

  @Override
  byte[] start() {
    return "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  byte[] endless() {
    return "X-More: and more of it\r\n".repeat(100).getBytes(StandardCharsets.US_ASCII);
  }

  private static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      if (next < 0) {
        throw new IOException("the client hung up");
      }
      head.append((char) next);
    }
    return head.toString();
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.US_ASCII));
  }
}
