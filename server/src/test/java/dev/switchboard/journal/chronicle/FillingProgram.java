package dev.switchboard.journal.chronicle;

import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.testing.SampleEntries;
import dev.switchboard.testing.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Fills the disk that it is given, with a journal and with other things, and looks at both. */
final class FillingProgram {
  private static final String TEXT = "x".repeat(8 << 10);
  private static final int MEBIBYTE = 1 << 20;
  private static final long RESERVED = 3 * MEBIBYTE;

  /** Chronicle's notes, which are made anew at a start, and a page or two. */
  private static final long LAST_KIBIBYTES = 512 << 10;

  private final Path disk;
  private final Path ballast;
  private final Path directory;
  private final List<String> answered = new ArrayList<>();

  private FillingProgram(Path disk) {
    this.disk = disk;
    ballast = disk.resolve("ballast");
    directory = disk.resolve("journal");
  }

  /** A small disk that nothing else is on. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    new FillingProgram(Path.of(arguments[0])).run();
    System.out.println("held");
  }

  private void run() throws IOException, InterruptedException {
    leave(RESERVED + 2 * MEBIBYTE);
    try (ChronicleJournal journal = JournalProgram.open(directory, RESERVED)) {
      fill(journal);
      require(answered.size() > 50, "it took too few: " + answered.size());
      leave(0);
      for (int i = 0; i < 3; i++) {
        require(refused(journal, "full"), "a disk without a byte takes entries");
      }
      require(KilledJournalIT.ids(journal).equals(answered), "the journal lost something");
      leave(LAST_KIBIBYTES);
    }
    try (ChronicleJournal journal = JournalProgram.open(directory, RESERVED)) {
      require(
          KilledJournalIT.ids(journal).equals(answered), "a start on a full disk lost something");
      require(refused(journal, "again"), "a full disk takes entries after a start");
      Files.delete(ballast);
      require(!refused(journal, "room"), "a disk with room takes nothing");
      fill(journal);
      require(answered.getLast().compareTo("E00100") > 0, "the room was not used");
    }
    try (ChronicleJournal journal = JournalProgram.open(directory, 0)) {
      require(
          KilledJournalIT.ids(journal).equals(answered), "the journal lost something at the end");
    }
  }

  private void fill(ChronicleJournal journal) throws InterruptedException {
    while (!refused(journal, "E%05d".formatted(answered.size()))) {
      require(answered.size() < 10_000, "it is never full");
    }
  }

  private boolean refused(ChronicleJournal journal, String id) throws InterruptedException {
    try {
      journal.append(SampleEntries.accepted(Samples.ACCOUNT, id, TEXT));
      answered.add(id);
      return false;
    } catch (GatewayException e) {
      require(e.reason() == Reason.JOURNAL_UNAVAILABLE, "refused with " + e.reason());
      require(e.retryAfter().isPresent(), "nobody is told to try again");
      return true;
    }
  }

  /** Has other things take what is free, but for so many bytes. */
  private void leave(long bytes) throws IOException {
    long taken = Files.exists(ballast) ? Files.size(ballast) : 0;
    long free = disk.toFile().getUsableSpace();
    Files.write(ballast, new byte[(int) Math.max(0, taken + free - bytes)]);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }
}
