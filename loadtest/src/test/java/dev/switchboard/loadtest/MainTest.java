package dev.switchboard.loadtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void namesTheRunsThereAreWhenAskedForAnother() {
    var errors = new StringWriter();
    assertThat(run(errors, "idel")).isEqualTo(2);
    assertThat(errors.toString()).contains("idel").contains("there is idle, accept, crash");
  }

  @Test
  void namesTheRunsThereAreWhenAskedForNone() {
    var errors = new StringWriter();
    assertThat(run(errors)).isEqualTo(2);
    assertThat(errors.toString())
        .contains("name of a load test is missing", "there is idle, accept, crash");
  }

  @Test
  void refusesAServerThatIsNotThere() {
    var errors = new StringWriter();
    assertThat(run(errors, "idle", "--server-jar", "no-such.jar")).isEqualTo(1);
    assertThat(errors.toString()).contains("no-such.jar");
  }

  @Test
  void saysWhichOptionOfARunIsWrong() {
    var errors = new StringWriter();
    assertThat(run(errors, "idle", "--accounts", "many")).isEqualTo(2);
    assertThat(errors.toString()).contains("--accounts").doesNotContain("there is");
  }

  private static int run(StringWriter errors, String... arguments) {
    return Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
  }
}
