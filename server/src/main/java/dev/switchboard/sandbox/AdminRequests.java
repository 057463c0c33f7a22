package dev.switchboard.sandbox;

import dev.switchboard.sandbox.network.Refusals;
import dev.switchboard.sandbox.session.ScanOutcome;
import dev.switchboard.sandbox.session.Scanner;
import dev.switchboard.sandbox.socket.HttpAnswer;
import dev.switchboard.sandbox.socket.HttpRequestHandler;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The few HTTP calls that tests of independent clients already use: {@code POST
 * /admin/mock-phone/scan-qr} with the text of a QR code, and {@code GET /admin/refusals}.
 */
final class AdminRequests implements HttpRequestHandler {
  private final Scanner scanner;
  private final Refusals refusals;

  AdminRequests(Scanner scanner, Refusals refusals) {
    this.scanner = scanner;
    this.refusals = refusals;
  }

  @Override
  public HttpAnswer answer(String method, String path, String body) {
    return switch (method + " " + path) {
      case "POST /admin/mock-phone/scan-qr" -> scanned(scanner.scan(body));
      case "GET /admin/refusals" -> refusals();
      case "GET /" -> new HttpAnswer(200, "Switchboard sandbox\n");
      default -> new HttpAnswer(404, "not found\n");
    };
  }

  /** Answers at once: the client goes on with the pairing by itself. */
  private static HttpAnswer scanned(CompletableFuture<ScanOutcome> scan) {
    if (!scan.isDone()) {
      return new HttpAnswer(200, "ok\n");
    }
    return switch (scan.join()) {
      case ScanOutcome.Linked _ -> new HttpAnswer(200, "ok\n");
      case ScanOutcome.NotACode _ -> new HttpAnswer(400, "this is no QR code of a client\n");
      case ScanOutcome.UnknownCode _ -> new HttpAnswer(404, "no client shows this code\n");
      case ScanOutcome.NoRoom _ -> new HttpAnswer(409, "the phone has enough devices\n");
      case ScanOutcome.NetworkFull _ -> new HttpAnswer(409, "there are enough phones\n");
      case ScanOutcome.Refused _ -> new HttpAnswer(409, "the client refused\n");
    };
  }

  private HttpAnswer refusals() {
    return new HttpAnswer(
        200,
        refusals.counts().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }
}
