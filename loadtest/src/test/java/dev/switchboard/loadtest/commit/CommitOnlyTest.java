package dev.switchboard.loadtest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The other packages measure from outside: they know the contract, not the server. */
class CommitOnlyTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern SERVER =
      Pattern.compile("import (static )?dev\\.switchboard\\.(?!loadtest\\.|api\\.)");

  @Test
  void knowsTheServerInThisPackageAndThatOfTheCoreOnly() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(all).hasSizeGreaterThan(20);
      assertThat(all.stream().filter(CommitOnlyTest::knowsTheServer))
          .allSatisfy(
              file -> assertThat(file.toString()).containsAnyOf("/commit/", "/core/program/"));
    }
  }

  private static boolean knowsTheServer(Path file) {
    try {
      return SERVER.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
