package dev.switchboard.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
  @Test
  void takesEachBoundAsItIsGiven() {
    var config =
        read(
            Map.of(
                "outbox.bulk-weight",
                "1 MiB",
                "projection.batch-entries",
                1,
                "projection.pending-records",
                "16 MiB",
                "projection.lag-limit",
                7));
    assertThat(config.outbox().bulkBytes()).isEqualTo(1 << 20);
    assertThat(config.projection().batchEntries()).isEqualTo(1);
    assertThat(config.projection().pendingBytes()).isEqualTo(16 << 20);
    assertThat(config.projection().lagEntries()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "outbox.bulk-weight, 1048575",
    "projection.batch-entries, 0",
    "projection.batch-weight, 1048575",
    "projection.linger, 0 seconds",
    "projection.longest-linger, 19 milliseconds",
    "projection.retry-delay, 0 seconds",
    "projection.lag-limit, 0",
    "projection.pending-records, 16777215",
    "projection.drain, 0 seconds"
  })
  void refusesWhatIsBelowItsBound(String path, String value) {
    String name = path.substring(path.indexOf('.') + 1);
    assertThatThrownBy(() -> read(Map.of(path, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(name);
  }

  @Test
  void reachesNothingButThePublicInternetUnlessToldTo() {
    assertThat(read(Map.of()).egress())
        .isEqualTo(new SwitchboardConfig.Egress(List.of(), List.of(80, 443, 8080, 8443), false));
    Map<String, Object> own =
        Map.of("egress.allowed-networks", List.of("10.1.0.0/16"), "egress.ports", List.of(443));
    assertThat(read(own).egress())
        .isEqualTo(new SwitchboardConfig.Egress(List.of("10.1.0.0/16"), List.of(443), false));
    assertThatThrownBy(() -> read(Map.of("egress.ports", List.of(70_000))))
        .isInstanceOf(ConfigurationException.class);
  }

  private static SwitchboardConfig read(Map<String, Object> overrides) {
    return ConfigurationFile.load(Optional.empty(), Map.of(), overrides);
  }
}
