package dev.switchboard.loadtest.client;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a server counts of itself, as Prometheus reads it. */
public final class ServerMetrics {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ServerMetrics() {}

  /**
   * A counter or a gauge without labels.
   *
   * @param port of the HTTP surface
   */
  public static long counter(int port, String name) throws InterruptedException {
    return value(page(port), name);
  }

  /** Reads one of them from what a server told. */
  static long value(String page, String name) {
    return page.lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new LoadTestException("the server does not count " + name));
  }

  private static String page(int port) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .timeout(PATIENCE)
            .build();
    // An upgrade to HTTP/2 in the clear was left without an answer now and then.
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new LoadTestException("the server does not tell its metrics: " + e, e);
    }
  }
}
