package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.GetSandboxResponse;
import dev.switchboard.api.sandbox.v1.RefusalCount;
import dev.switchboard.sandbox.network.Network;

/** Where the sandbox is, and what a client must trust to use it. */
public record Place(
    String websocketUrl, String controlUrl, String noiseRootHex, String certificatePem) {

  /** The sandbox there, and how it does. */
  GetSandboxResponse describe(Network network) {
    int people = network.change(change -> change.state().accounts().size());
    GetSandboxResponse.Builder answer =
        GetSandboxResponse.newBuilder()
            .setWebsocketUrl(websocketUrl)
            .setControlUrl(controlUrl)
            .setNoiseRootHex(noiseRootHex)
            .setCertificatePem(certificatePem)
            .setPersonCount(people)
            .setConnectedDeviceCount(network.connected());
    network
        .refusals()
        .counts()
        .forEach((kind, count) ->
            answer.addRefusals(RefusalCount.newBuilder().setKind(kind).setCount(count)));
    return answer.build();
  }
}
