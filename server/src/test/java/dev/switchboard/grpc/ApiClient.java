package dev.switchboard.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.switchboard.api.v1.AccessServiceGrpc;
import dev.switchboard.api.v1.ContactServiceGrpc;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.MessagingServiceGrpc;
import dev.switchboard.api.v1.PresenceServiceGrpc;
import io.grpc.Channel;
import io.grpc.Metadata;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Stubs that show one key, and what a refusal says. */
record ApiClient(Channel channel, String secret) {
  InstanceServiceGrpc.InstanceServiceBlockingV2Stub instances() {
    return keyed(InstanceServiceGrpc.newBlockingV2Stub(channel));
  }

  MessagingServiceGrpc.MessagingServiceBlockingV2Stub messages() {
    return keyed(MessagingServiceGrpc.newBlockingV2Stub(channel));
  }

  ContactServiceGrpc.ContactServiceBlockingV2Stub contacts() {
    return keyed(ContactServiceGrpc.newBlockingV2Stub(channel));
  }

  PresenceServiceGrpc.PresenceServiceBlockingV2Stub presences() {
    return keyed(PresenceServiceGrpc.newBlockingV2Stub(channel));
  }

  AccessServiceGrpc.AccessServiceBlockingV2Stub access() {
    return keyed(AccessServiceGrpc.newBlockingV2Stub(channel));
  }

  <S extends AbstractStub<S>> S keyed(S stub) {
    return with(stub, "authorization", "Bearer " + secret);
  }

  static <S extends AbstractStub<S>> S with(S stub, String name, String value) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** The refusal of a call: its whole status. */
  static com.google.rpc.Status refusal(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isNotNull();
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    assertThat(status).as("%s", thrown).isNotNull();
    return status;
  }

  /** Code and reason of a refusal, such as {@code NOT_FOUND INSTANCE_NOT_FOUND}. */
  static String reason(ThrowingCallable call) {
    return reason(refusal(call));
  }

  static String reason(com.google.rpc.Status status) {
    String code = io.grpc.Status.fromCodeValue(status.getCode()).getCode().name();
    return code + " " + detail(status, ErrorInfo.class).getReason();
  }

  static <D extends com.google.protobuf.Message> D detail(
      com.google.rpc.Status status, Class<D> type) {
    return status.getDetailsList().stream()
        .filter(any -> any.is(type))
        .findFirst()
        .map(any -> {
          try {
            return any.unpack(type);
          } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " in " + status));
  }
}
