package dev.switchboard.loadtest.echo;

import dev.switchboard.api.v1.Message;
import dev.switchboard.api.v1.MessageDirection;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.MessagingServiceGrpc.MessagingServiceImplBase;
import dev.switchboard.api.v1.SendMessageRequest;
import dev.switchboard.api.v1.SendMessageResponse;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/** Runs on loopback, built as the server builds its listener: a virtual thread for each call. */
public final class EchoServer extends MessagingServiceImplBase {
  private static final int CALLS_PER_CONNECTION = 1_000;

  private EchoServer() {}

  /** Listens on a free port, says which, and answers until it is ended. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    var server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .executor(
                Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("grpc-", 0).factory()))
            .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
            .addService(new EchoServer())
            .build()
            .start();
    System.out.println("listening on port " + server.getPort());
    server.awaitTermination();
  }

  /** As many bytes as the real answer has, with the caller's own words. */
  @Override
  public void sendMessage(
      SendMessageRequest request, StreamObserver<SendMessageResponse> observer) {
    observer.onNext(
        SendMessageResponse.newBuilder()
            .setMessage(
                Message.newBuilder()
                    .setInstanceId(request.getInstanceId())
                    .setMessageId("3EB0000000000000000000")
                    .setDirection(MessageDirection.MESSAGE_DIRECTION_OUTBOUND)
                    .setChat(request.getTo())
                    .setText(request.getText())
                    .setStatus(MessageStatus.MESSAGE_STATUS_ACCEPTED))
            .build());
    observer.onCompleted();
  }
}
