package dev.switchboard.sandbox.socket;

/** Answers a plain HTTP request; runs on a virtual thread and may block. */
@FunctionalInterface
public interface HttpRequestHandler {
  HttpAnswer answer(String method, String path, String body);
}
