package dev.switchboard.sandbox.socket;

import java.nio.charset.StandardCharsets;

/** The answer to an HTTP request. */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
public record HttpAnswer(int status, String type, byte[] body) {
  public static HttpAnswer text(int status, String body) {
    return new HttpAnswer(
        status, "text/plain; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
  }

  public static HttpAnswer bytes(byte[] body) {
    return new HttpAnswer(200, "application/octet-stream", body);
  }
}
