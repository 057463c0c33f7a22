package dev.switchboard.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class DemoIT {
  @Test
  void showsTheMainJobAndExitsWithZero() throws IOException, InterruptedException {
    Process demo =
        ServerProcess.launch(
            Map.of("SWITCHBOARD_LOG_LEVEL", "WARN"),
            "demo",
            "--programs",
            ServerProcess.programs().toString());
    String said = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(demo.waitFor(180, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("bob    gateway decrypted: \"Hello Bob, is the blue one still in stock?\"")
        .contains("bob    phone decrypted:   \"Hello Bob, is the blue one still in stock?\"")
        .contains("alice  phone decrypted:   \"It is, and I put one aside for you: \u2714\"")
        .contains("That is the main job.")
        .doesNotContain("WARN")
        .doesNotContain("ERROR");
  }
}
