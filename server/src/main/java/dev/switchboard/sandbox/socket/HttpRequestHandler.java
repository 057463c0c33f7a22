package dev.switchboard.sandbox.socket;

import java.util.Optional;

/** Answers a plain HTTP request; runs on a virtual thread and may block. */
@FunctionalInterface
public interface HttpRequestHandler {
  /** Empty: nothing is said, and the connection stays open until the client leaves. */
  Optional<HttpAnswer> answer(Request request);

  /**
   * What is asked.
   *
   * @param query what follows the question mark, encoded; empty without one
   */
  record Request(String method, String path, String query, String body) {}
}
