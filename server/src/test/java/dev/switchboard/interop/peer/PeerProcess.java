package dev.switchboard.interop.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A node program that takes commands on stdin and tells events on stdout, one JSON object per line.
 * Its stderr is kept in a file. Closing lets it write out what it keeps in files, and kills it when
 * that takes too long.
 */
final class PeerProcess implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SECONDS_TO_END = 15;

  private final Process process;
  private final Writer commands;
  private final PeerEvents events;
  private final Path log;

  private PeerProcess(Process process, PeerEvents events, Path log) {
    this.process = process;
    this.events = events;
    this.log = log;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts {@code node} with these arguments. */
  static PeerProcess start(List<String> command, Map<String, String> environment, Path log) {
    try {
      Files.createDirectories(log.getParent());
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      PeerEvents events = new PeerEvents(log.getFileName().toString());
      // Not a virtual one: a read of a pipe holds its carrier, and there are few.
      Thread.ofPlatform().daemon().name("peer-output").start(() -> listen(process, events));
      return new PeerProcess(process, events, log);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command, e);
    }
  }

  private static void listen(Process process, PeerEvents events) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.add(line);
      }
    } catch (IOException e) {
      events.add("{\"event\":\"gone\"}");
    }
  }

  PeerEvents events() {
    return events;
  }

  void say(String command, Map<String, ?> argument) {
    Map<String, Object> line = new LinkedHashMap<>(argument);
    line.put("command", command);
    try {
      commands.write(JSON.writeValueAsString(line) + "\n");
      commands.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("the peer is gone, see " + log, e);
    }
  }

  @Override
  public void close() {
    endOfCommands();
    try {
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        throw new IllegalStateException("peer " + process.pid() + " does not end, see " + log);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.destroyForcibly();
    }
  }

  private void endOfCommands() {
    try {
      commands.close();
    } catch (IOException e) {
      // It is gone already.
    }
  }
}
