package dev.switchboard.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.GetInstanceResponse;
import dev.switchboard.api.v1.InstanceServiceGrpc;
import dev.switchboard.api.v1.InstanceServiceGrpc.InstanceServiceImplBase;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

class RefusalInterceptorTest {
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger logger =
      (Logger) LoggerFactory.getLogger(RefusalInterceptor.class.getName());

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(log);
  }

  @Test
  void hidesADefectBehindAnIdThatIsInTheLog() throws Exception {
    var status =
        call(answer -> {
          throw new IllegalStateException("what nobody may read");
        });
    assertThat(status.getCode()).isEqualTo(Code.INTERNAL_VALUE);
    assertThat(status.toString()).doesNotContain("nobody may read");
    ErrorInfo info = status.getDetails(0).unpack(ErrorInfo.class);
    assertThat(info.getReason()).isEqualTo("INTERNAL");
    assertThat(info.getDomain()).isEqualTo("switchboard.dev");
    assertThat(info.getMetadataOrThrow("error_id")).isEqualTo("id-1");
    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getFormattedMessage()).contains("id-1");
  }

  @Test
  void hidesADefectThatIsHandedOverAsWell() throws Exception {
    var status = call(answer -> answer.onError(new IllegalStateException("what nobody may read")));
    assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo("INTERNAL");
    assertThat(status.toString()).doesNotContain("nobody may read");
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void tellsEveryReasonByItsName(Reason reason) throws Exception {
    var status =
        call(answer -> {
          throw new GatewayException(reason, "why");
        });
    assertThat(status.getMessage()).isEqualTo("why");
    assertThat(status.getDetails(0).unpack(ErrorInfo.class).getReason()).isEqualTo(reason.name());
    assertThat(log.list).isEmpty();
  }

  private static com.google.rpc.Status call(Consumer<StreamObserver<GetInstanceResponse>> body)
      throws Exception {
    var service =
        new InstanceServiceImplBase() {
          @Override
          public void getInstance(
              GetInstanceRequest request, StreamObserver<GetInstanceResponse> answer) {
            body.accept(answer);
          }
        };
    String name = InProcessServerBuilder.generateName();
    Server server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(ServerInterceptors.intercept(service, new RefusalInterceptor(() -> "id-1")))
            .build()
            .start();
    ManagedChannel channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    try {
      var stub = InstanceServiceGrpc.newBlockingV2Stub(channel);
      Throwable thrown =
          catchThrowable(() -> stub.getInstance(GetInstanceRequest.getDefaultInstance()));
      com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
      assertThat(status).isNotNull();
      return status;
    } finally {
      channel.shutdownNow();
      server.shutdownNow();
    }
  }
}
