package dev.switchboard.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz",
  })
  void namesTheArchive(String system, String architecture, String archive) {
    assertThat(Platform.of(system, architecture).archive()).isEqualTo(archive);
  }

  @Test
  void asksForJdbcUrlWhereThereAreNoBinaries(@TempDir Path cache) {
    assertThatThrownBy(() -> Binaries.unpack(cache, Platform.of("SunOS", "sparcv9")))
        .isInstanceOf(PostgresException.class)
        .hasMessageContaining("postgres-sunos-sparcv9.txz")
        .hasMessageContaining("JDBC URL");
  }
}
