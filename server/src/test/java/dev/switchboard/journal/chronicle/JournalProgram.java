package dev.switchboard.journal.chronicle;

import dev.switchboard.testing.NamedSeal;
import dev.switchboard.testing.SampleEntries;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Appends to a journal until it is killed, from several threads; prints the id of each entry as
 * soon as its append is answered.
 */
final class JournalProgram {
  static final int CALLERS = 6;

  /** What a line begins with that tells of an answer. */
  static final String ANSWERED = "answered ";

  private JournalProgram() {}

  static ChronicleConfig config(Path directory, long reservedBytes) {
    return new ChronicleConfig(
        directory, Durability.FSYNC, Roll.HOUR, 64 << 10, 1_000, reservedBytes);
  }

  static ChronicleJournal open(Path directory, long reservedBytes) {
    return ChronicleJournal.open(
        config(directory, reservedBytes), new NamedSeal(), Clock.systemUTC());
  }

  /** How to run one of the tests' programs in a process of its own. */
  static List<String> command(Class<?> program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            program.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The directory, a word that begins all ids, and the durability. */
  public static void main(String[] arguments) {
    ChronicleConfig config =
        config(Path.of(arguments[0]), 0).withDurability(Durability.valueOf(arguments[2]));
    ChronicleJournal journal = ChronicleJournal.open(config, new NamedSeal(), Clock.systemUTC());
    for (int caller = 0; caller < CALLERS; caller++) {
      String word = arguments[1] + "-" + caller + "-";
      Thread.ofPlatform().start(() -> append(journal, word));
    }
  }

  private static void append(ChronicleJournal journal, String word) {
    try {
      for (int number = 0; ; number++) {
        journal.append(SampleEntries.accepted(word + number));
        System.out.println(ANSWERED + word + number); // Flushed, and one line after the other.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
