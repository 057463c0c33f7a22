package dev.switchboard.grpc;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.GetInstanceRequest;
import dev.switchboard.api.v1.InstanceState;
import dev.switchboard.api.v1.Network;
import dev.switchboard.api.v1.PairInstanceRequest;
import dev.switchboard.api.v1.PairInstanceResponse;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import dev.switchboard.testing.Eventually;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.BlockingClientCall;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A server on a free port and clients of it. */
@Timeout(60)
abstract class ApiTest {
  TestGateway gateway = new TestGateway();
  GrpcServer server = GrpcServer.start(ListenAddress.loopback(0), gateway.services());
  ManagedChannel channel =
      NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  ApiClient administrator = new ApiClient(channel, "");

  @BeforeEach
  void issueKey() {
    administrator = new ApiClient(channel, gateway.administratorKey());
  }

  @AfterEach
  void stop() throws InterruptedException {
    channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    server.close();
    gateway.close();
  }

  ApiClient client(TenantId tenant, Role role) {
    return new ApiClient(channel, gateway.key(tenant, role));
  }

  void create(String id) throws Exception {
    administrator
        .instances()
        .createInstance(
            CreateInstanceRequest.newBuilder()
                .setInstanceId(id)
                .setNetwork(Network.NETWORK_SANDBOX)
                .build());
  }

  /** Creates an instance and has the phone scan its code. */
  void createLinked(String id) throws Exception {
    create(id);
    BlockingClientCall<?, PairInstanceResponse> steps =
        administrator
            .instances()
            .pairInstance(PairInstanceRequest.newBuilder().setInstanceId(id).build());
    steps.read();
    phone(id).scan();
    steps.read();
    awaitState(id, InstanceState.INSTANCE_STATE_READY);
  }

  ScriptedNetwork.Account phone(String id) {
    return gateway.network.connector(new AccountKey(TenantId.DEFAULT, new InstanceId(id)));
  }

  void awaitState(String id, InstanceState state) throws InterruptedException {
    Eventually.until(id + " in " + state, () -> state(id) == state);
  }

  private InstanceState state(String id) {
    try {
      var request = GetInstanceRequest.newBuilder().setInstanceId(id).build();
      return administrator.instances().getInstance(request).getInstance().getState();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
