package dev.switchboard.loadtest.result;

import dev.switchboard.loadtest.run.LoadTestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a run leaves its results: {@code NAME.json}, {@code NAME.md}, {@code NAME.html} and the
 * logs.
 */
public final class ResultDirectory {
  private final Path directory;

  private ResultDirectory(Path directory) {
    this.directory = directory;
  }

  /** The directory, made if it is not there. */
  public static ResultDirectory open(Path directory) {
    try {
      return new ResultDirectory(Files.createDirectories(directory).toAbsolutePath().normalize());
    } catch (IOException e) {
      throw new LoadTestException("the results cannot be written to " + directory, e);
    }
  }

  public Path path() {
    return directory;
  }

  /** Writes the results of a run as data, as text and as a page, over those of the run before. */
  public void write(String run, Map<String, Object> data, String text, String page) {
    try {
      Files.writeString(directory.resolve(run + ".json"), Json.write(data));
      Files.writeString(directory.resolve(run + ".md"), text);
      Files.writeString(directory.resolve(run + ".html"), page);
    } catch (IOException e) {
      throw new LoadTestException("the results cannot be written to " + directory, e);
    }
  }
}
