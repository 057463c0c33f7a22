package dev.switchboard.sandbox.control;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import com.google.protobuf.Message;
import dev.switchboard.sandbox.account.AccountsFullException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks requests by the rules of the contract, and answers or refuses them. */
final class Requests {
  private static final Logger LOG = LoggerFactory.getLogger(Requests.class);

  private static final int DEFAULT_PAGE = 100;

  private final Validator validator = ValidatorFactory.newBuilder().build();

  /** Answers with what the work returns, or with the status it throws. */
  <T> void answer(Message request, StreamObserver<T> observer, Supplier<T> work) {
    try {
      check(request);
      observer.onNext(work.get());
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    } catch (AccountsFullException e) {
      observer.onError(
          Status.RESOURCE_EXHAUSTED.withDescription(e.getMessage()).withCause(e).asException());
    } catch (RuntimeException e) {
      LOG.error("a call of the control service failed", e);
      observer.onError(Status.INTERNAL.withDescription("the sandbox failed").asException());
    }
  }

  /** The sequence number that a page follows. */
  static long sequence(String pageToken) {
    try {
      return pageToken.isEmpty() ? 0 : Long.parseUnsignedLong(pageToken);
    } catch (NumberFormatException e) {
      throw Status.INVALID_ARGUMENT
          .withDescription("page_token was not given by this sandbox")
          .withCause(e)
          .asRuntimeException();
    }
  }

  private static int limit(int pageSize) {
    return pageSize == 0 ? DEFAULT_PAGE : pageSize;
  }

  /** Finds the first so many of what there is, in order. */
  @FunctionalInterface
  interface Search<T> {
    List<T> first(int limit);
  }

  /** What one answer has of a list, and whether more of it follows. */
  record Page<T>(List<T> items, boolean more) {}

  /** Looks for one more than is asked for, since only that one tells whether a page is the last. */
  static <T> Page<T> page(int pageSize, Search<T> search) {
    int limit = limit(pageSize);
    List<T> found = search.first(limit + 1);
    return found.size() > limit
        ? new Page<>(found.subList(0, limit), true)
        : new Page<>(found, false);
  }

  /** Refuses what breaks a rule of the contract. */
  void check(Message request) {
    try {
      ValidationResult result = validator.validate(request);
      if (!result.isSuccess()) {
        throw Status.INVALID_ARGUMENT.withDescription(result.toString()).asRuntimeException();
      }
    } catch (ValidationException e) {
      throw new IllegalStateException("a rule of the contract is broken itself", e);
    }
  }
}
