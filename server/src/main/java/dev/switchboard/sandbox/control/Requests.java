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

  static int limit(int pageSize) {
    return pageSize == 0 ? DEFAULT_PAGE : pageSize;
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
