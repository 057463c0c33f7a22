package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.api.v1.ListInstancesRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What cannot start says why in one line, exits with 1 and harms nothing. */
@Execution(ExecutionMode.CONCURRENT)
class BadStartIT {
  @TempDir private Path folder;

  @Test
  void aPortInUse() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(refusal(Map.of(), "--data", data(), "--grpc-port", port))
          .contains("cannot listen for gRPC on 127.0.0.1:" + port);
    }
  }

  @Test
  void aForeignDataDirectory() throws IOException, InterruptedException {
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Path treasure = Files.writeString(foreign.resolve("thesis.txt"), "years of work");
    assertThat(refusal(Map.of(), "--data", foreign.toString())).contains("is not Switchboard's");
    assertThat(treasure).hasContent("years of work");
    assertThat(foreign).isDirectoryContaining(path -> path.equals(treasure));
  }

  @Test
  void aDataDirectoryThatCannotBeMade() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThat(refusal(Map.of(), "--data", file.resolve("data").toString()))
        .contains("cannot use the data directory");
  }

  @Test
  void aDataDirectoryInUse() throws IOException, InterruptedException {
    try (var _ = ServerProcess.start(folder.resolve("data"))) {
      assertThat(refusal(Map.of(), "--data", data())).contains("in use by another process");
    }
  }

  @Test
  void aWrongEncryptionKeyWhichDestroysNothing() throws IOException, InterruptedException {
    String key;
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"))) {
      key = server.key();
      assertThat(server.stop()).isEqualTo(143);
    }
    String wrong = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    assertThat(refusal(Map.of("SWITCHBOARD_ENCRYPTION_KEY", wrong), "--data", data()))
        .containsIgnoringCase("key");
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"));
        Gateway gateway = new Gateway(server, key)) {
      assertThat(
              gateway
                  .instances()
                  .listInstances(ListInstancesRequest.getDefaultInstance())
                  .getInstancesCount())
          .isZero();
    }
  }

  @Test
  void aDatabaseOfAnotherJournalWhichIsNotTakenOverUnasked() throws Exception {
    Path journal = folder.resolve("data").resolve("journal");
    Path own = folder.resolve("own");
    try (ServerProcess server = ServerProcess.start(folder.resolve("data"))) {
      assertThat(server.stop()).isEqualTo(143);
    }
    Files.move(journal, own);
    assertThat(refusal(Map.of(), "--data", data()))
        .contains("belongs to the journal of another data directory", "database.take-over");
    Files.move(journal, folder.resolve("new"));
    Files.move(own, journal);
    ServerProcess.start(folder.resolve("data")).close();
  }

  @Test
  void anAddressThatOthersCanReachWithoutEncryption() throws IOException, InterruptedException {
    assertThat(refusal(Map.of("SWITCHBOARD_GRPC_ADDRESS", "0.0.0.0"), "--data", data()))
        .contains("refusing to listen on 0.0.0.0 without encryption");
  }

  @Test
  void anUnknownSetting() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("my.conf"), "switchboard.grpc.prot = 9090");
    assertThat(refusal(Map.of(), "--data", data(), "--config", file.toString()))
        .contains("switchboard.grpc.prot");
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  /** Starts it on free ports, waits for its end and answers with what it said. */
  private static String refusal(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of("--http-port=0", "--sandbox-port=0", "--sandbox-control-port=0"));
    all.addAll(List.of(arguments));
    if (!all.contains("--grpc-port")) {
      all.add("--grpc-port=0");
    }
    Process process = ServerProcess.launch(environment, all.toArray(String[]::new));
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(said).isEqualTo(1);
      assertThat(said).contains("switchboard: ").doesNotContain("\tat ");
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
