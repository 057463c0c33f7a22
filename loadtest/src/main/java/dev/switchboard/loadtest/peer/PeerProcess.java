package dev.switchboard.loadtest.peer;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of node that sends with Baileys for some accounts. */
public final class PeerProcess implements AutoCloseable {
  private static final Duration PATIENCE_AT_END = Duration.ofSeconds(5);
  private static final String END = "the process has ended";

  private final Process process;
  private final Writer commands;
  private final Path log;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

  private PeerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** The simulated network as the peer needs it. */
  public record Network(String websocketUrl, String noiseRootHex, Path certificate) {}

  /** What is done with a code that the peer shows. */
  @FunctionalInterface
  public interface Phone {
    void scan(int account, String code);
  }

  /** Starts it. */
  public static PeerProcess start(PeerInstallation installation, Network network, Path log) {
    var builder =
        new ProcessBuilder(
                List.of(
                    installation.node(),
                    PeerInstallation.SCRIPT,
                    "--url",
                    network.websocketUrl(),
                    "--root",
                    network.noiseRootHex()))
            .directory(installation.folder().toFile())
            .redirectError(log.toFile());
    builder.environment().put("NODE_EXTRA_CA_CERTS", network.certificate().toString());
    try {
      var peer = new PeerProcess(builder.start(), log);
      // Not a virtual one: a read of a pipe holds its carrier, and there are few.
      Thread.ofPlatform().daemon().name("peer-output").start(peer::listen);
      return peer;
    } catch (IOException e) {
      throw new LoadTestException("node could not be started", e);
    }
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(answers::add);
    } catch (IOException | UncheckedIOException e) {
      // It was ended; that is told below.
    }
    answers.add("failed " + END);
  }

  public long pid() {
    return process.pid();
  }

  /** Says whom to write to. */
  public void recipients(List<String> phoneNumbers) {
    say(
        "recipients "
            + String.join(" ", phoneNumbers.stream().map(it -> it.replace("+", "")).toList()));
  }

  /**
   * Links accounts {@code first} to {@code first + count - 1} and waits until they are connected.
   */
  public void link(int first, int count, Phone phone, Duration patience)
      throws InterruptedException {
    say("link " + first + " " + count);
    String answer = await(patience);
    while (answer.startsWith("qr ")) {
      String[] words = answer.split(" ", 3);
      phone.scan(Integer.parseInt(words[1]), words[2]);
      answer = await(patience);
    }
    require(answer, "linked ");
  }

  /** Begins to send from the first accounts of this process; {@link #sent} waits for the end. */
  public void send(PeerTurn turn) {
    say(turn.command());
  }

  /** What became of the messages. */
  public PeerSent sent(Duration patience) throws InterruptedException {
    String answer = await(patience);
    require(answer, PeerSent.WORD);
    return PeerSent.parse(answer);
  }

  private void require(String answer, String word) {
    if (!answer.startsWith(word)) {
      throw new LoadTestException("the peer says: " + answer + "; see " + log);
    }
  }

  private String await(Duration patience) throws InterruptedException {
    String answer = answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new LoadTestException("the peer did not answer in " + patience + "; see " + log);
    }
    return answer;
  }

  private void say(String command) {
    try {
      commands.write(command + "\n");
      commands.flush();
    } catch (IOException e) {
      throw new LoadTestException("the peer is gone; see " + log, e);
    }
  }

  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      commands.close();
      process.waitFor(PATIENCE_AT_END.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      // It is gone already.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      process.destroyForcibly();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
