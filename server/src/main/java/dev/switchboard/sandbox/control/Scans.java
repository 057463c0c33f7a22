package dev.switchboard.sandbox.control;

import dev.switchboard.sandbox.account.DeviceAddress;
import dev.switchboard.sandbox.session.ScanOutcome;
import dev.switchboard.sandbox.session.Scanner;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Scans a QR code and waits until the client is linked. */
final class Scans {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Scanner scanner;

  Scans(Scanner scanner) {
    this.scanner = scanner;
  }

  DeviceAddress scan(String text, String person) {
    return switch (await(text, person)) {
      case ScanOutcome.Linked linked -> linked.device();
      case ScanOutcome.NotACode _ ->
          throw refusal(Status.INVALID_ARGUMENT, "the text is no QR code of a client");
      case ScanOutcome.UnknownCode _ ->
          throw refusal(Status.NOT_FOUND, "no client shows this code (any more)");
      case ScanOutcome.NoRoom _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the phone has as many devices as it may");
      case ScanOutcome.NetworkFull _ ->
          throw refusal(Status.RESOURCE_EXHAUSTED, "the sandbox has as many people as it may");
      case ScanOutcome.Refused _ ->
          throw refusal(Status.FAILED_PRECONDITION, "the client refused the link");
    };
  }

  private ScanOutcome await(String text, String person) {
    try {
      return scanner.scanAs(text, person).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
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
