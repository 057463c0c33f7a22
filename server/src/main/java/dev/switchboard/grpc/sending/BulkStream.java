package dev.switchboard.grpc.sending;

import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.SendMessagesRequest;
import dev.switchboard.api.v1.SendMessagesResponse;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import io.grpc.stub.StreamObserver;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The requests of one call that brings a bulk. */
public final class BulkStream implements StreamObserver<SendMessagesRequest> {
  private final BiFunction<String, String, BulkUpload> begin;
  private final long limitBytes;
  private final StreamObserver<SendMessagesResponse> answer;
  private @Nullable BulkUpload upload;
  private String instanceId = "";
  private String bulkId = "";
  private long bytes;

  /**
   * @param begin makes the upload for the ids of an instance and a bulk
   * @param limitBytes how much all requests together may weigh
   */
  public BulkStream(
      BiFunction<String, String, BulkUpload> begin,
      long limitBytes,
      StreamObserver<SendMessagesResponse> answer) {
    this.begin = begin;
    this.limitBytes = limitBytes;
    this.answer = answer;
  }

  @Override
  public void onNext(SendMessagesRequest request) {
    weigh(request);
    BulkUpload into = upload == null ? begin(request) : upload;
    require("instance_id", request.getInstanceId(), instanceId);
    require("bulk_id", request.getBulkId(), bulkId);
    try {
      for (BulkItem item : request.getItemsList()) {
        into.add(item);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void weigh(SendMessagesRequest request) {
    bytes += request.getSerializedSize();
    if (bytes > limitBytes) {
      throw GatewayException.invalidField(
          "items", "must not weigh more than " + limitBytes + " bytes in one stream");
    }
  }

  private BulkUpload begin(SendMessagesRequest request) {
    if (request.getInstanceId().isEmpty()) {
      throw GatewayException.invalidField("instance_id", "must be in the first request");
    }
    if (request.getBulkId().isEmpty()) {
      throw GatewayException.invalidField("bulk_id", "must be in the first request");
    }
    instanceId = request.getInstanceId();
    bulkId = request.getBulkId();
    BulkUpload begun = begin.apply(instanceId, bulkId);
    upload = begun;
    return begun;
  }

  private static void require(String field, String value, String first) {
    if (!value.isEmpty() && !value.equals(first)) {
      throw GatewayException.invalidField(field, "must be that of the first request");
    }
  }

  @Override
  public void onError(Throwable end) {
    // The caller went away: what is not accepted by now never came.
  }

  @Override
  public void onCompleted() {
    if (upload == null) {
      throw GatewayException.invalidField("instance_id", "must be in the first request");
    }
    try {
      answer.onNext(SendMessagesResponse.newBuilder().addAllResults(upload.finish()).build());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    answer.onCompleted();
  }

  private static GatewayException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new GatewayException(Reason.SHUTTING_DOWN, "the gateway is shutting down", cause);
  }
}
