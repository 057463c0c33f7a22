package dev.switchboard.journal.chronicle;

import dev.switchboard.journal.chronicle.commit.FlushedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a journal, held by one process at a time, and the file in it that says which
 * journal this is.
 */
final class Home implements AutoCloseable {
  private static final String MARK = "journal.id";
  private static final String FORMAT = "switchboard journal 1";

  /** Chronicle's own notes. They are made anew from the files, so no stale lock stays in them. */
  private static final String NOTES = "metadata.cq4t";

  private final FileChannel channel;
  private final String id;
  private final Roll roll;

  private Home(FileChannel channel, String id, Roll roll) {
    this.channel = channel;
    this.id = id;
    this.roll = roll;
  }

  /**
   * Makes or recognises the directory, and holds it.
   *
   * @param roll for a journal that is made; one that is there keeps its own
   * @throws JournalException when it is held by another, or is not what this version reads
   */
  static Home claim(Path directory, Roll roll) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
      return hold(directory, roll);
    } catch (IOException e) {
      throw new JournalException("cannot use the journal " + directory + ": " + e, e);
    }
  }

  String id() {
    return id;
  }

  Roll roll() {
    return roll;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new JournalException("cannot give the journal back", e);
    }
  }

  private static Home hold(Path directory, Roll roll) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(MARK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      requireLock(channel, directory);
      List<String> mark = read(channel);
      if (mark.isEmpty()) {
        mark = List.of(FORMAT, UUID.randomUUID().toString(), roll.name());
        write(channel, mark);
      }
      Home home = home(channel, mark, directory);
      Files.deleteIfExists(directory.resolve(NOTES));
      FlushedFile.flushDirectory(directory);
      return home;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static Home home(FileChannel channel, List<String> mark, Path directory) {
    if (mark.size() != 3 || !mark.getFirst().equals(FORMAT)) {
      throw new JournalException(
          "the journal "
              + directory
              + " was written by another version of Switchboard, or damaged; nothing was changed");
    }
    return new Home(channel, mark.get(1), Roll.valueOf(mark.get(2)));
  }

  private static void requireLock(FileChannel channel, Path directory) throws IOException {
    if (tryLock(channel) == null) {
      throw new JournalException("the journal " + directory + " is in use by another process");
    }
  }

  /** Held until the channel is closed. */
  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static List<String> read(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(256);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
    return text.lines().toList();
  }

  /** On the device before anybody learns the id. */
  private static void write(FileChannel channel, List<String> mark) throws IOException {
    String text = String.join("\n", mark) + "\n";
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
    channel.force(true);
  }
}
