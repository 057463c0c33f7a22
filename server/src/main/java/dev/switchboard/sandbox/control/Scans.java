package dev.switchboard.sandbox.control;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.session.Keyboard;
import dev.switchboard.sandbox.session.LinkOutcome;
import dev.switchboard.sandbox.session.Scanner;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Scans a QR code, or types a code, and waits until the client is linked. */
final class Scans {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Scanner scanner;
  private final Keyboard keyboard;

  Scans(Scanner scanner, Keyboard keyboard) {
    this.scanner = scanner;
    this.keyboard = keyboard;
  }

  DeviceAddress scan(String text, String person) {
    return device(await(scanner.scanAs(text, person)));
  }

  /** Types the code on the phone of that number, given as digits. */
  DeviceAddress type(String text, String phoneNumber) {
    return device(await(keyboard.type(phoneNumber, text)));
  }

  private static DeviceAddress device(LinkOutcome outcome) {
    return switch (outcome) {
      case LinkOutcome.Linked linked -> linked.device();
      case LinkOutcome.NotACode _ ->
          throw refusal(Status.INVALID_ARGUMENT, "the text is no code of a client");
      case LinkOutcome.WrongCode _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the client shows another code");
      case LinkOutcome.PasskeyRequired _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the account is linked with a passkey only");
      case LinkOutcome.UnknownCode _ ->
          throw refusal(Status.NOT_FOUND, "no client waits for this code (any more)");
      case LinkOutcome.NoRoom _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the phone has as many devices as it may");
      case LinkOutcome.NetworkFull _ ->
          throw refusal(Status.RESOURCE_EXHAUSTED, "the sandbox has as many people as it may");
      case LinkOutcome.Refused _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the client refused the link");
    };
  }

  private static LinkOutcome await(CompletableFuture<LinkOutcome> outcome) {
    try {
      return outcome.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw refusal(Status.FAILED_PRECONDITION, "the client did not answer the link");
    } catch (ExecutionException e) {
      throw new IllegalStateException("the scan failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refusal(Status.CANCELLED, "interrupted");
    }
  }

  private static StatusRuntimeException refusal(Status status, String reason) {
    return status.withDescription(reason).asRuntimeException();
  }
}
