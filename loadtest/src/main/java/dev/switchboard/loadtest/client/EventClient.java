package dev.switchboard.loadtest.client;

import dev.switchboard.api.v1.AckEventsRequest;
import dev.switchboard.api.v1.EventServiceGrpc;
import dev.switchboard.api.v1.ListEventsRequest;
import dev.switchboard.api.v1.ListEventsResponse;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** One reader of events, on a connection of its own. */
public final class EventClient implements AutoCloseable {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final ManagedChannel channel;
  private final Metadata credentials = new Metadata();

  /** A reader at a port on loopback; what it is told is told on the thread of its connection. */
  public EventClient(int port, String key) {
    this.channel = Channels.openDirect(port);
    credentials.put(AUTHORIZATION, "Bearer " + key);
  }

  /** Asks for a stream, which {@code reader} is told. */
  public void stream(StreamEventsRequest request, StreamObserver<StreamEventsResponse> reader) {
    withKey(EventServiceGrpc.newStub(channel)).streamEvents(request, reader);
  }

  /** Asks for a stream, which is waited for step by step. */
  public Iterator<StreamEventsResponse> stream(StreamEventsRequest request) {
    return withKey(EventServiceGrpc.newBlockingStub(channel)).streamEvents(request);
  }

  /**
   * Asks for a page.
   *
   * @throws io.grpc.StatusRuntimeException as the call fails
   */
  public ListEventsResponse page(ListEventsRequest request, Duration deadline) {
    return withKey(EventServiceGrpc.newBlockingStub(channel))
        .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
        .listEvents(request);
  }

  /**
   * Says how far a consumer has come.
   *
   * @throws io.grpc.StatusRuntimeException as the call fails
   */
  public void acknowledge(AckEventsRequest request, Duration deadline) {
    var _ =
        withKey(EventServiceGrpc.newBlockingStub(channel))
            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS)
            .ackEvents(request);
  }

  private <S extends AbstractStub<S>> S withKey(S stub) {
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(credentials));
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
