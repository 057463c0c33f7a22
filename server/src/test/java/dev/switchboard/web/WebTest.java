package dev.switchboard.web;

import dev.switchboard.grpc.ListenAddress;
import dev.switchboard.grpc.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The HTTP surface on a free port, and a plain HTTP client. */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
abstract class WebTest {
  static final long STREAM_BYTES = 2 << 20;
  static final String ALLOWED_ORIGIN = "https://desk.example";

  final TestGateway gateway = new TestGateway();
  final AtomicBoolean ready = new AtomicBoolean(true);
  final WebServer server =
      WebServer.start(
          new WebConfig(ListenAddress.loopback(0), origins(), STREAM_BYTES),
          gateway.services(),
          gateway.metrics(),
          ready::get);
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final String key = gateway.administratorKey();

  List<String> origins() {
    return List.of();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    gateway.close();
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(keyed(request(path)));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(
        keyed(request(path))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpRequest.Builder keyed(HttpRequest.Builder request) {
    return request.header("authorization", "Bearer " + key);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }
}
