package dev.switchboard.loadtest.crash;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.TreeMap;

/** Why calls were repeated: the reason that the server told, or the code of the failure. */
final class Repeats {
  /** What is told when the disk of the journal is full. */
  static final String JOURNAL_UNAVAILABLE = "JOURNAL_UNAVAILABLE";

  private final Map<String, Long> reasons = new TreeMap<>();

  synchronized void add(StatusRuntimeException failure) {
    reasons.merge(reason(failure), 1L, Long::sum);
  }

  synchronized long of(String reason) {
    return reasons.getOrDefault(reason, 0L);
  }

  synchronized Map<String, Long> all() {
    return new TreeMap<>(reasons);
  }

  private static String reason(StatusRuntimeException failure) {
    Status status = StatusProto.fromThrowable(failure);
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return unpacked(detail);
        }
      }
    }
    return failure.getStatus().getCode().name();
  }

  private static String unpacked(Any detail) {
    try {
      return detail.unpack(ErrorInfo.class).getReason();
    } catch (InvalidProtocolBufferException e) {
      return "unreadable";
    }
  }
}
