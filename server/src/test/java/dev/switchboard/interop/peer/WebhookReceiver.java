package dev.switchboard.interop.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A receiver of webhooks in Node. It answers 401 to what is not signed with a secret that it knows,
 * and otherwise what it is told to, 204 in the end.
 */
public final class WebhookReceiver implements AutoCloseable {
  private static final Path PROGRAM = Path.of("src", "test", "peers", "webhook-receiver.mjs");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final PeerProcess process;
  private final int port;

  private WebhookReceiver(PeerProcess process) {
    this.process = process;
    this.port = awaited("listening").fields().get("port").asInt();
  }

  /**
   * Starts it on a free port of 127.0.0.1.
   *
   * @param check a module that exports {@code genuine(secret, headers, body)}
   */
  public static WebhookReceiver start(Path check, Path log) {
    List<String> command = List.of("node", PROGRAM.toString(), "--check", check.toString());
    return new WebhookReceiver(PeerProcess.start(command, Map.of(), log));
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/events";
  }

  /** Takes posts from now on that are signed with one of these. */
  public void know(String... secrets) {
    process.say("secrets", Map.of("secrets", List.of(secrets)));
    awaited("changed");
  }

  /** Answers so, one after the other, and 204 then. */
  public void answer(Integer... statuses) {
    process.say("statuses", Map.of("statuses", List.of(statuses)));
    awaited("changed");
  }

  /** The next post that is like this, in the order in which they came. */
  public PeerEvent awaitPost(Predicate<PeerEvent> wanted) {
    return process.events().await("post", PATIENCE, wanted);
  }

  private PeerEvent awaited(String name) {
    return process.events().await(name, PATIENCE, _ -> true);
  }

  @Override
  public void close() {
    process.close();
  }
}
