package dev.switchboard.grpc.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.EventServiceGrpc.EventServiceImplBase;
import dev.switchboard.api.v1.MessagingServiceGrpc.MessagingServiceImplBase;
import dev.switchboard.api.v1.StreamEventsResponse;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedResponsesTest {
  private final AtomicInteger written = new AtomicInteger();
  private final SharedBytes<StreamEventsResponse> shared = new SharedBytes<>(counting());

  @Test
  void writesAnEventOnceForAllWhoAreToldIt() throws IOException {
    StreamEventsResponse event = event(1, 300);
    for (int reader = 0; reader < 100; reader++) {
      assertThat(sent(event)).isEqualTo(event.toByteArray());
    }
    assertThat(written).hasValue(1);
  }

  @Test
  void neverTakesOneEventForAnotherHoweverManyThereAre() throws IOException {
    List<StreamEventsResponse> events =
        IntStream.range(0, 5_000).mapToObj(i -> event(i, 9)).toList();
    for (int reader = 0; reader < 2; reader++) {
      for (StreamEventsResponse event : events) {
        assertThat(sent(event)).isEqualTo(event.toByteArray());
      }
    }
  }

  @Test
  void keepsNoLongOnes() throws IOException {
    StreamEventsResponse event = event(1, 9_000);
    assertThat(sent(event)).isEqualTo(event.toByteArray());
    assertThat(sent(event)).isEqualTo(event.toByteArray());
    assertThat(written).hasValue(2);
  }

  @Test
  void changesOnlyTheStreamOfEvents() {
    ServerServiceDefinition events = new EventServiceImplBase() {}.bindService();
    ServerServiceDefinition changed = SharedResponses.in(events);
    assertThat(changed.getServiceDescriptor().getSchemaDescriptor())
        .isEqualTo(events.getServiceDescriptor().getSchemaDescriptor());
    assertThat(changed.getMethods()).hasSameSizeAs(events.getMethods());
    String streamed = EventServiceGrpc.getStreamEventsMethod().getFullMethodName();
    assertThat(changed.getMethods())
        .allSatisfy(method -> {
          var described = method.getMethodDescriptor();
          assertThat(described.getResponseMarshaller() instanceof SharedBytes)
              .isEqualTo(described.getFullMethodName().equals(streamed));
        });
    ServerServiceDefinition others = new MessagingServiceImplBase() {}.bindService();
    assertThat(SharedResponses.in(others)).isSameAs(others);
  }

  /** As gRPC takes it. */
  private byte[] sent(StreamEventsResponse event) throws IOException {
    try (InputStream stream = shared.stream(event)) {
      assertThat(stream).isInstanceOf(KnownLength.class);
      assertThat(stream.available()).isEqualTo(event.getSerializedSize());
      var out = new ByteArrayOutputStream();
      assertThat(((Drainable) stream).drainTo(out)).isEqualTo(event.getSerializedSize());
      assertThat(stream.available()).isZero();
      return out.toByteArray();
    }
  }

  private static StreamEventsResponse event(int sequence, int length) {
    return StreamEventsResponse.newBuilder()
        .setEvent(
            Event.newBuilder()
                .setSequence(sequence)
                .setInstanceId("shop")
                .setCursor("c".repeat(length)))
        .build();
  }

  private PrototypeMarshaller<StreamEventsResponse> counting() {
    var marshaller =
        (PrototypeMarshaller<StreamEventsResponse>)
            ProtoUtils.marshaller(StreamEventsResponse.getDefaultInstance());
    return new PrototypeMarshaller<>() {
      @Override
      public InputStream stream(StreamEventsResponse message) {
        written.incrementAndGet();
        return marshaller.stream(message);
      }

      @Override
      public StreamEventsResponse parse(InputStream stream) {
        return marshaller.parse(stream);
      }

      @Override
      public StreamEventsResponse getMessagePrototype() {
        return StreamEventsResponse.getDefaultInstance();
      }

      @Override
      public Class<StreamEventsResponse> getMessageClass() {
        return StreamEventsResponse.class;
      }
    };
  }
}
