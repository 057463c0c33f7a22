package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.configuration.ConfigurationException;
import dev.switchboard.configuration.SwitchboardConfig;
import dev.switchboard.egress.client.EgressLimits;
import dev.switchboard.model.GatewayException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayOutTest {
  private static final EgressLimits LIMITS =
      EgressLimits.of(Duration.ofSeconds(5), Duration.ofSeconds(15), 2);

  @Test
  void letsPassWhatTheOperatorAllows() {
    var settings = new SwitchboardConfig.Egress(List.of("10.1.0.0/16"), List.of(443), false);
    try (var courier = WayOut.open(settings, LIMITS, InstantSource.system())) {
      courier.check("https://example.com/");
      courier.check("http://10.1.2.3:9000/");
      assertThatThrownBy(() -> courier.check("https://10.2.0.1/"))
          .isInstanceOf(GatewayException.class);
    }
  }

  @Test
  void refusesToStartWithANetworkThatIsNone() {
    var settings = new SwitchboardConfig.Egress(List.of("10.1.0.0"), List.of(443), false);
    assertThatThrownBy(() -> WayOut.open(settings, LIMITS, InstantSource.system()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("egress.allowed-networks");
  }
}
