package dev.switchboard.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the README shows is what was run. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..");

  @ParameterizedTest
  @CsvSource({"ts, subscriber.ts", "python, subscriber.py", "java, Subscriber.java"})
  void showsTheSubscribersAsTheyAre(String language, String file) throws IOException {
    String program = Files.readString(ROOT.resolve("docs/clients").resolve(file));
    assertThat(Files.readString(ROOT.resolve("README.md")))
        .contains("```" + language + "\n" + program + "```\n");
  }
}
