package dev.switchboard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ARCHITECTURE.md says of files and packages. */
class PackageSizeTest {
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MOST_FILES = 15;
  private static final int MOST_LINES = 300;

  @Test
  void aPackageHasAtMostFifteenFiles() throws IOException {
    Map<Path, Long> sizes;
    try (Stream<Path> files = sources()) {
      sizes = files.collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
    }
    assertThat(sizes).isNotEmpty();
    assertThat(sizes.values()).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void everyPackageSaysWhatItIsFor() throws IOException {
    try (Stream<Path> files = sources()) {
      assertThat(files.map(Path::getParent).distinct())
          .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
    }
  }

  @Test
  void aFileHasAtMostThreeHundredLines() throws IOException {
    try (Stream<Path> files = sources()) {
      assertThat(files)
          .allSatisfy(file ->
              assertThat(Files.readAllLines(file))
                  .as("%s", file)
                  .hasSizeLessThanOrEqualTo(MOST_LINES));
    }
  }

  @SuppressWarnings("StreamResourceLeak") // Every caller closes it.
  private static Stream<Path> sources() throws IOException {
    return Files.walk(SOURCES).filter(file -> file.toString().endsWith(".java"));
  }
}
