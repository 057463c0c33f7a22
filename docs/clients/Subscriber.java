import dev.switchboard.api.v1.*;
import io.grpc.*;
import io.grpc.stub.MetadataUtils;

void main() throws InterruptedException {
  var server = System.getenv().getOrDefault("SERVER", "127.0.0.1:9090");
  var headers = new Metadata();
  headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + System.getenv("KEY"));
  var events = EventServiceGrpc.newBlockingStub(Grpc.newChannelBuilder(server, InsecureChannelCredentials.create()).build())
      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  var start = EventStart.newBuilder().setConsumerId("billing"); // The server keeps its place.
  while (true) {
    try {
      events.streamEvents(StreamEventsRequest.newBuilder().setStart(start).build()).forEachRemaining(step -> {
        if (step.hasEvent()) {
          System.out.println(step.getEvent()); // Dealt with first, acknowledged then.
          events.ackEvents(AckEventsRequest.newBuilder().setConsumerId("billing").setCursor(step.getEvent().getCursor()).build());
        }
      });
    } catch (StatusRuntimeException failure) {
      System.err.println(failure.getStatus());
    }
    Thread.sleep(1000);
  }
}
