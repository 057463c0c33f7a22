package dev.switchboard.loadtest.core;

import dev.switchboard.loadtest.measure.Snapshot;
import dev.switchboard.loadtest.run.CommonOptions;
import dev.switchboard.loadtest.run.JavaHome;
import dev.switchboard.loadtest.run.LoadTestException;
import dev.switchboard.loadtest.run.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs a program on the server's core to its end, in a JVM with the server's flags. */
final class CoreProgram {
  /** As the manifest of the server's jar has it: the journal's files are mapped by Chronicle. */
  private static final List<String> JOURNAL_FLAGS =
      List.of(
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED");

  private final CommonOptions common;
  private final Path log;
  private final Progress progress;

  /**
   * @param log what the programs print beside their figures is added to it
   */
  CoreProgram(CommonOptions common, Path log, Progress progress) {
    this.common = common;
    this.log = log;
    this.progress = progress;
  }

  /** Runs a program; fails when it does. */
  Figures run(Class<?> program, Object... arguments) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command(program, arguments)).redirectErrorStream(true).start();
      try {
        Figures figures = follow(process);
        if (process.waitFor() != 0) {
          throw new LoadTestException(program.getSimpleName() + " failed; see " + log);
        }
        return figures;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new LoadTestException(program.getSimpleName() + " could not be run", e);
    }
  }

  private List<String> command(Class<?> program, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(JavaHome.program("java")));
    command.addAll(common.serverOptions());
    command.addAll(JOURNAL_FLAGS);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path") + ":" + common.serverJar()));
    command.add(program.getName());
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    return command;
  }

  private Figures follow(Process process) throws IOException, InterruptedException {
    var figures = new Figures();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        Writer rest =
            Files.newBufferedWriter(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "say" -> progress.say("%s", words[1]);
          case "figure" -> figures.add(words[1]);
          case "measure" -> measure(words[1], process, figures);
          default -> rest.write(line + "\n");
        }
      }
    }
    return figures;
  }

  private void measure(String name, Process process, Figures figures)
      throws IOException, InterruptedException {
    progress.say("measuring memory: %s", name);
    figures.add(name, Snapshot.of(process.pid()));
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }
}
