package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.api.sandbox.v1.ArmFaultRequest;
import dev.switchboard.api.sandbox.v1.Fault;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.v1.MessageStatus;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.sandbox.Sandbox;
import dev.switchboard.sandbox.SandboxConfig;
import dev.switchboard.testing.Eventually;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The server is killed while many callers send: nothing that was accepted is lost, doubled or
 * reordered. The short form of the load test {@code crash}, which kills a hundred times.
 */
@Timeout(400)
@Execution(ExecutionMode.CONCURRENT)
class CrashIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int KILLS = 2;
  private static final int ACCOUNTS = 3;
  private static final int PEOPLE = 4;
  private static final int EACH = 25;
  private static final int TOTAL = ACCOUNTS * PEOPLE * EACH;

  @TempDir private Path folder;
  private final AtomicReference<@Nullable Gateway> target = new AtomicReference<>();
  private final Map<Nonce, String> accepted = new ConcurrentHashMap<>();
  private final Semaphore permits = new Semaphore(0);

  /** What each body says: the messages of a chat count from 0. */
  private record Nonce(int account, int person, int place) {
    String text() {
      return account + "/" + person + "/" + place;
    }

    /** The same whenever it is asked for again. */
    String requestId() {
      return "00000000-0000-4000-8000-%04d%04d%04d".formatted(account, person, place);
    }

    static Nonce of(String text) {
      String[] parts = text.split("/", -1);
      return new Nonce(
          Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
    }
  }

  @Test
  void losesDoublesAndReordersNothingWhenItIsKilledWhileItSends() throws Exception {
    try (Sandbox sandbox = Sandbox.open(SandboxConfig.in(folder.resolve("sandbox")).withSeed(5));
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ServerProcess server = start(sandbox);
      try {
        String key = server.key();
        Gateway gateway = connect(server, sandbox, key);
        List<String> people = prepare(gateway);
        List<Future<?>> writing = new ArrayList<>();
        for (int chat = 0; chat < ACCOUNTS * PEOPLE; chat++) {
          int account = chat / PEOPLE;
          int person = chat % PEOPLE;
          writing.add(callers.submit(() -> write(account, person, people.get(person))));
        }
        for (int kill = 1; kill <= KILLS; kill++) {
          trafficUntilSomeArrived(gateway, people, kill);
          target.set(null);
          server.kill();
          gateway.close();
          server = start(sandbox);
          gateway = connect(server, sandbox, key);
        }
        permits.release(TOTAL);
        for (Future<?> one : writing) {
          one.get();
        }
        assertThat(accepted).hasSize(TOTAL);
        repeatsGetTheFirstAnswer(gateway, people);
        awaitOutcomes(gateway);
        compare(gateway, people);
        gateway.close();
      } finally {
        server.close();
      }
    }
  }

  private ServerProcess start(Sandbox sandbox) {
    return ServerProcess.start(
        folder.resolve("data"),
        Map.of(
            "SWITCHBOARD_SANDBOX_EMBEDDED",
            "false",
            "SWITCHBOARD_SANDBOX_URL",
            "wss://localhost:" + sandbox.port() + "/ws/chat",
            "SWITCHBOARD_SANDBOX_NOISE_ROOT",
            HexFormat.of().formatHex(sandbox.noiseRootKey()),
            "SWITCHBOARD_SANDBOX_CERTIFICATE",
            sandbox.certificate().toString()));
  }

  private Gateway connect(ServerProcess server, Sandbox sandbox, String key) {
    Gateway gateway = new Gateway(server.grpcPort(), sandbox.controlPort(), key);
    target.set(gateway);
    return gateway;
  }

  /** Links the accounts and makes the people; some acknowledgements will be late. */
  private static List<String> prepare(Gateway gateway) {
    for (int account = 0; account < ACCOUNTS; account++) {
      var _ = gateway.link("account-" + account);
    }
    List<String> people = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      people.add(gateway.createPerson("person-" + person));
    }
    var _ =
        gateway
            .sandbox()
            .armFault(
                ArmFaultRequest.newBuilder()
                    .setFault(Fault.FAULT_ACK_LATE)
                    .setUntilTakenBack(true)
                    .setPercent(30)
                    .setDuration(com.google.protobuf.Duration.newBuilder().setNanos(300_000_000))
                    .build());
    return people;
  }

  /** Asks for one message after the other, for each until it is answered. */
  private Void write(int account, int person, String number) throws InterruptedException {
    for (int place = 0; place < EACH; place++) {
      permits.acquire();
      Nonce nonce = new Nonce(account, person, place);
      String id = null;
      while (id == null) {
        id = ask(nonce, number);
      }
      accepted.put(nonce, id);
    }
    return null;
  }

  private @Nullable String ask(Nonce nonce, String number) throws InterruptedException {
    Gateway gateway = target.get();
    try {
      if (gateway != null) {
        return send(gateway, nonce, number, nonce.text());
      }
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .isIn(Status.Code.UNAVAILABLE, Status.Code.CANCELLED, Status.Code.UNKNOWN);
    }
    Thread.sleep(20);
    return null;
  }

  private static String send(Gateway gateway, Nonce nonce, String number, String text) {
    Peer to = Peer.newBuilder().setPhoneNumber(number).build();
    return gateway.send("account-" + nonce.account(), to, text, nonce.requestId()).getMessageId();
  }

  /** So that the kill meets messages at every place of their way. */
  private void trafficUntilSomeArrived(Gateway gateway, List<String> people, int kill)
      throws InterruptedException {
    int before = arrived(gateway, people).size();
    permits.release(TOTAL / (KILLS + 1));
    Eventually.until(
        "messages of life " + kill + " arrive",
        PATIENCE,
        () -> arrived(gateway, people).size() > before + 10);
  }

  /** The requests were made to servers that are gone by now. */
  private void repeatsGetTheFirstAnswer(Gateway gateway, List<String> people) {
    for (int account = 0; account < ACCOUNTS; account++) {
      Nonce first = new Nonce(account, 0, 0);
      assertThat(send(gateway, first, people.getFirst(), first.text()))
          .isEqualTo(accepted.get(first));
      assertThatThrownBy(() -> send(gateway, first, people.getFirst(), "something else"))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS));
    }
  }

  private static void awaitOutcomes(Gateway gateway) throws InterruptedException {
    for (int account = 0; account < ACCOUNTS; account++) {
      String instance = "account-" + account;
      Eventually.until(
          "every message of " + instance + " is sent",
          PATIENCE,
          () ->
              Gateway.patiently(() -> gateway.messages(instance)).stream()
                  .allMatch(message -> sent(message.getStatus())));
    }
  }

  private static boolean sent(MessageStatus status) {
    return status == MessageStatus.MESSAGE_STATUS_SENT
        || status == MessageStatus.MESSAGE_STATUS_DELIVERED
        || status == MessageStatus.MESSAGE_STATUS_READ;
  }

  private void compare(Gateway gateway, List<String> people) {
    List<PhoneMessage> arrived = arrived(gateway, people);
    Map<Nonce, Set<String>> ids =
        arrived.stream()
            .collect(
                Collectors.groupingBy(
                    message -> Nonce.of(message.getText()),
                    Collectors.mapping(PhoneMessage::getMessageId, Collectors.toSet())));
    Map<Nonce, Set<String>> told = new HashMap<>();
    accepted.forEach((nonce, id) -> told.put(nonce, Set.of(id)));
    assertThat(ids).as("each came under the id that its caller was told").isEqualTo(told);
    Map<Nonce, Integer> last = new HashMap<>();
    for (PhoneMessage message : arrived) {
      Nonce nonce = Nonce.of(message.getText());
      Integer before = last.put(new Nonce(nonce.account(), nonce.person(), 0), nonce.place());
      assertThat(nonce.place()).as("in the order of its chat").isEqualTo(orNone(before) + 1);
    }
  }

  private static int orNone(@Nullable Integer place) {
    return place == null ? -1 : place;
  }

  /** What phones decrypted, in their order; copies of one id are told as one. */
  private static List<PhoneMessage> arrived(Gateway gateway, List<String> people) {
    List<PhoneMessage> all = new ArrayList<>();
    for (String number : people) {
      var request =
          ListPhoneMessagesRequest.newBuilder()
              .setPerson(PersonName.newBuilder().setPhoneNumber(number))
              .setPageSize(1_000)
              .build();
      all.addAll(gateway.sandbox().listPhoneMessages(request).getMessagesList());
    }
    return all;
  }
}
