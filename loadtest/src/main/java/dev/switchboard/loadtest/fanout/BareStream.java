package dev.switchboard.loadtest.fanout;

import dev.switchboard.api.v1.EventHeartbeat;
import dev.switchboard.api.v1.EventServiceGrpc.EventServiceImplBase;
import dev.switchboard.api.v1.StreamEventsRequest;
import dev.switchboard.api.v1.StreamEventsResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that a server of this kind can do: tells all readers the same event at a rate, with
 * nothing behind it. Runs on loopback, built as the server builds its listener.
 */
public final class BareStream extends EventServiceImplBase {
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<ServerCallStreamObserver<StreamEventsResponse>> readers =
      new CopyOnWriteArrayList<>();

  private BareStream() {}

  /**
   * Listens on a free port, says which, and tells events until it is ended.
   *
   * @param arguments a file with one response, and how many a second to tell each reader
   */
  public static void main(String[] arguments) throws IOException {
    var template = StreamEventsResponse.parseFrom(Files.readAllBytes(Path.of(arguments[0])));
    var stream = new BareStream();
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory()))
            .addService(stream)
            .build()
            .start();
    System.out.println("listening on port " + server.getPort());
    stream.tell(template, Double.parseDouble(arguments[1]));
  }

  @Override
  public void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> observer) {
    var reader = (ServerCallStreamObserver<StreamEventsResponse>) observer;
    reader.setOnCancelHandler(() -> readers.remove(reader));
    reader.onNext(
        StreamEventsResponse.newBuilder()
            .setHeartbeat(EventHeartbeat.getDefaultInstance())
            .build());
    readers.add(reader);
  }

  /** One thread writes to all; the transport has threads of its own. */
  @SuppressWarnings("InfiniteLoopStatement") // Until the process is ended.
  private void tell(StreamEventsResponse template, double rate) {
    long begin = System.nanoTime();
    for (long sequence = 1; true; sequence++) {
      awaitTime(begin + (long) (sequence * NANOS_PER_SECOND / rate));
      StreamEventsResponse response = stamped(template, sequence);
      readers.forEach(reader -> reader.onNext(response));
    }
  }

  private static StreamEventsResponse stamped(StreamEventsResponse template, long sequence) {
    var response = template.toBuilder();
    var event = response.getEventBuilder().setSequence(sequence);
    var text = event.getMessageReceivedBuilder().getMessageBuilder().getTextBuilder();
    text.setText(Stamp.text(System.nanoTime(), text.getText().length()));
    return response.build();
  }

  private static void awaitTime(long time) {
    for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
