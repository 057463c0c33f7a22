package dev.switchboard.sandbox;

import dev.switchboard.sandbox.network.Refusals;
import dev.switchboard.sandbox.session.Keyboard;
import dev.switchboard.sandbox.session.LinkOutcome;
import dev.switchboard.sandbox.session.Scanner;
import dev.switchboard.sandbox.socket.HttpAnswer;
import dev.switchboard.sandbox.socket.HttpRequestHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The few HTTP calls that tests of independent clients already use: {@code POST
 * /admin/mock-phone/scan-qr} with the text of a QR code, {@code POST /admin/enter-code} with {@code
 * {"pn": "15550001000", "code": "ABCD-EFGH"}}, and {@code GET /admin/refusals}.
 */
final class AdminRequests implements HttpRequestHandler {
  private static final Pattern NUMBER = Pattern.compile("\"pn\"\\s*:\\s*\"\\+?([0-9]{5,15})\"");
  private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([^\"]{1,20})\"");

  private final Scanner scanner;
  private final Keyboard keyboard;
  private final Refusals refusals;

  AdminRequests(Scanner scanner, Keyboard keyboard, Refusals refusals) {
    this.scanner = scanner;
    this.keyboard = keyboard;
    this.refusals = refusals;
  }

  @Override
  public Optional<HttpAnswer> answer(Request request) {
    return Optional.of(
        switch (request.method() + " " + request.path()) {
          case "POST /admin/mock-phone/scan-qr" -> linking(scanner.scan(request.body()));
          case "POST /admin/enter-code" -> typed(request.body());
          case "GET /admin/refusals" -> refusals();
          case "GET /" -> HttpAnswer.text(200, "Switchboard sandbox\n");
          default -> HttpAnswer.text(404, "not found\n");
        });
  }

  private HttpAnswer typed(String body) {
    Matcher number = NUMBER.matcher(body);
    Matcher code = CODE.matcher(body);
    return number.find() && code.find()
        ? linking(keyboard.type(number.group(1), code.group(1)))
        : HttpAnswer.text(400, "pn or code is missing\n");
  }

  /** Answers at once: the client goes on with the pairing by itself. */
  private static HttpAnswer linking(CompletableFuture<LinkOutcome> outcome) {
    if (!outcome.isDone()) {
      return HttpAnswer.text(200, "ok\n");
    }
    return switch (outcome.join()) {
      case LinkOutcome.Linked _ -> HttpAnswer.text(200, "ok\n");
      case LinkOutcome.NotACode _ -> HttpAnswer.text(400, "this is no code of a client\n");
      case LinkOutcome.UnknownCode _ -> HttpAnswer.text(404, "no client waits for this code\n");
      case LinkOutcome.WrongCode _ -> HttpAnswer.text(409, "the client shows another code\n");
      case LinkOutcome.PasskeyRequired _ -> HttpAnswer.text(409, "a passkey is required\n");
      case LinkOutcome.NoRoom _ -> HttpAnswer.text(409, "the phone has enough devices\n");
      case LinkOutcome.NetworkFull _ -> HttpAnswer.text(409, "there are enough phones\n");
      case LinkOutcome.Refused _ -> HttpAnswer.text(409, "the client refused\n");
    };
  }

  private HttpAnswer refusals() {
    return HttpAnswer.text(
        200,
        refusals.counts().entrySet().stream()
            .map(entry -> entry.getKey() + " " + entry.getValue() + "\n")
            .collect(Collectors.joining()));
  }
}
