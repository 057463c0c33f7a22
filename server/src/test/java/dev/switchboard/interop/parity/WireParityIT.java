package dev.switchboard.interop.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.endtoend.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An account that speaks like no other client is an account that stands out. */
@Execution(ExecutionMode.CONCURRENT)
class WireParityIT {
  private static final Path PAGE = Path.of("..", "docs", "wire-parity.md");
  private static final long SEED = 1;

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void everyDifferenceFromAnIndependentClientHasAReason() throws Exception {
    Report report = new Report(new Reasons());
    String page;
    try (Stage stage = new Stage(folder, SEED, Map.of());
        Scenario scenario = new Scenario(stage, folder)) {
      List<Comparison> comparisons = scenario.play();
      page = report.of(comparisons);
    }
    if (Boolean.getBoolean("wire-parity.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(String.join("\n", report.unexplained()))
        .as("differences without a reason")
        .isEmpty();
    assertThat(page).as("docs/wire-parity.md is not up to date").isEqualTo(committed());
  }

  private static String committed() throws IOException {
    return Files.readString(PAGE);
  }
}
