package dev.switchboard.loadtest.run;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Data of a run: deleted at its end unless they are to be kept. */
public final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final boolean keep;

  private DataDirectory(Path path, boolean keep) {
    this.path = path;
    this.keep = keep;
  }

  /** A new empty directory among the temporary ones. */
  public static DataDirectory create(boolean keep) {
    try {
      return new DataDirectory(Files.createTempDirectory("switchboard-loadtest-"), keep);
    } catch (IOException e) {
      throw new LoadTestException("no temporary directory could be made", e);
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    if (keep) {
      return;
    }
    try {
      Files.walkFileTree(path, new Deletion());
    } catch (IOException e) {
      throw new LoadTestException("the data of the run could not be deleted: " + path, e);
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
        throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(directory);
      return FileVisitResult.CONTINUE;
    }
  }
}
