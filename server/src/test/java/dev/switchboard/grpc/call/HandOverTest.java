package dev.switchboard.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.GetInstanceResponse;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import dev.switchboard.testing.Eventually;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandOverTest {
  private static final int MANY = 2_000;

  /** As clients see it that wrote the method down wrongly: they send at once what they have. */
  private static final MethodDescriptor<GetInstanceRequest, GetInstanceResponse> STREAMING =
      InstanceServiceGrpc.getGetInstanceMethod().toBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .build();

  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean known = new AtomicBoolean(true);
  private final Queue<String> steps = new ConcurrentLinkedQueue<>();
  private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ended = new AtomicInteger();
  private volatile Consumer<StreamObserver<GetInstanceResponse>> body = HandOverTest::answer;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void listen() throws IOException {
    HandOver handOver = new HandOver(calls, headers -> known.get());
    var service =
        new InstanceServiceImplBase() {
          @Override
          public void getInstance(
              GetInstanceRequest request, StreamObserver<GetInstanceResponse> observer) {
            step("served");
            body.accept(observer);
          }
        };
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .directExecutor()
            .callExecutor(handOver)
            .intercept(handOver)
            .addService(ServerInterceptors.intercept(service, new Steps()))
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()))
            .usePlaintext()
            .build();
  }

  @AfterEach
  void close() throws InterruptedException {
    channel.shutdownNow();
    server.shutdownNow();
    assertThat(server.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    calls.shutdownNow();
  }

  /** Notes what happens to calls, and on which threads. */
  private final class Steps implements ServerInterceptor {
    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
      step("begun");
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        public void onMessage(Q message) {
          step("message");
          super.onMessage(message);
        }

        @Override
        public void onComplete() {
          super.onComplete();
          steps.add("complete");
          ended.incrementAndGet();
        }

        @Override
        public void onCancel() {
          super.onCancel();
          steps.add("cancelled");
          ended.incrementAndGet();
        }
      };
    }
  }

  private void step(String name) {
    steps.add(name);
    threads.add(Thread.currentThread());
  }

  private static void answer(StreamObserver<GetInstanceResponse> observer) {
    observer.onNext(GetInstanceResponse.getDefaultInstance());
    observer.onCompleted();
  }

  @Test
  void servesAllOfACallOnOneVirtualThread() throws InterruptedException {
    get();
    awaitEnded(1);
    assertThat(steps).containsExactly("begun", "message", "served", "complete");
    assertThat(threads).allMatch(Thread::isVirtual);
    assertThat(threads.stream().distinct()).hasSize(1);
  }

  @Test
  void servesStrangersOnVirtualThreadsToo() throws InterruptedException {
    known.set(false);
    get();
    awaitEnded(1);
    assertThat(steps).containsExactly("begun", "message", "served", "complete");
    assertThat(threads).allMatch(Thread::isVirtual);
  }

  @Test
  void beginsTheCallOfAStrangerBeforeItsRequestIsThere() throws InterruptedException {
    known.set(false);
    ClientCall<GetInstanceRequest, GetInstanceResponse> call = begun();
    Eventually.until("the call has begun", () -> steps.contains("begun"));
    call.cancel("the test is over", null);
  }

  @Test
  void servesNothingOfACallThatIsGivenUpBeforeItsRequestIsThere() throws InterruptedException {
    ClientCall<GetInstanceRequest, GetInstanceResponse> call = begun();
    call.sendMessage(GetInstanceRequest.getDefaultInstance());
    call.cancel("the test is over", null);
    get(); // On the same connection: what came before it was looked at.
    awaitEnded(1);
    assertThat(steps).containsExactly("begun", "message", "served", "complete");
  }

  @Test
  void tellsAMethodThatItsCallerWentAwayAndItsListenerAfterwards() throws InterruptedException {
    var seen = new CountDownLatch(1);
    body =
        _ -> {
          awaitCancellation();
          steps.add("noticed");
          seen.countDown();
        };
    ClientCall<GetInstanceRequest, GetInstanceResponse> call = begun();
    call.sendMessage(GetInstanceRequest.getDefaultInstance());
    call.halfClose();
    Eventually.until("it is served", () -> steps.contains("served"));
    call.cancel("the test is over", null);
    assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
    awaitEnded(1);
    assertThat(steps).containsExactly("begun", "message", "served", "noticed", "cancelled");
  }

  private static void awaitCancellation() {
    var cancelled = new CountDownLatch(1);
    Context.current().addListener(_ -> cancelled.countDown(), Runnable::run);
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void endsACallThatADefectBroke() {
    body =
        _ -> {
          throw new AssertionError("a defect that nobody maps");
        };
    StatusRuntimeException refused = catchThrowableOfType(StatusRuntimeException.class, this::get);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNKNOWN);
    assertThat(refused.getStatus().getDescription()).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void refusesASecondRequestAsGrpcDoes(boolean stranger) throws Exception {
    known.set(!stranger);
    var call = ClientCalls.blockingBidiStreamingCall(channel, STREAMING, CallOptions.DEFAULT);
    call.write(GetInstanceRequest.getDefaultInstance());
    call.write(GetInstanceRequest.getDefaultInstance());
    StatusException refused = catchThrowableOfType(StatusException.class, call::read);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(steps).doesNotContain("served");
  }

  @Test
  void endsEachOfManyCallsOnce() throws InterruptedException {
    AtomicInteger answered = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < MANY; i++) {
        boolean hurried = i % 3 == 0;
        clients.execute(() -> {
          try {
            var _ = stub(hurried).getInstance(GetInstanceRequest.getDefaultInstance());
            answered.incrementAndGet();
          } catch (StatusRuntimeException e) {
            late.addAndGet(e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED ? 1 : 0);
          }
        });
      }
    }
    assertThat(answered.get() + late.get()).isEqualTo(MANY);
    long begun = steps.stream().filter("begun"::equals).count();
    awaitEnded((int) begun);
    assertThat(answered.get()).isBetween(MANY / 2, MANY);
    assertThat(threads).allMatch(Thread::isVirtual);
  }

  private InstanceServiceGrpc.InstanceServiceBlockingStub stub(boolean hurried) {
    var stub = InstanceServiceGrpc.newBlockingStub(channel);
    return hurried
        ? stub.withDeadlineAfter(2, TimeUnit.MILLISECONDS)
        : stub.withDeadlineAfter(30, TimeUnit.SECONDS);
  }

  private ClientCall<GetInstanceRequest, GetInstanceResponse> begun() {
    var call = channel.newCall(STREAMING, CallOptions.DEFAULT);
    call.start(new ClientCall.Listener<>() {}, new Metadata());
    call.request(1);
    return call;
  }

  private void get() {
    var _ = stub(false).getInstance(GetInstanceRequest.getDefaultInstance());
  }

  private void awaitEnded(int count) throws InterruptedException {
    Eventually.until("every call has ended", () -> ended.get() >= count);
    assertThat(ended).hasValue(count);
  }
}
