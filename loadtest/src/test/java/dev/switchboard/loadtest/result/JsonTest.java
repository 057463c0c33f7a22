package dev.switchboard.loadtest.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesNestedValuesInOrder() {
    var map = new LinkedHashMap<String, Object>();
    map.put("b", List.of(1, 2.5, true));
    map.put("a", Map.of());
    assertThat(Json.write(map))
        .isEqualTo(
            """
            {
              "b": [
                1,
                2.500,
                true
              ],
              "a": {}
            }
            """);
  }

  @Test
  void escapesWhatATextMayNotHold() {
    assertThat(Json.write("a\"b\\c\n")).isEqualTo("\"a\\\"b\\\\c\\u000a\"\n");
  }

  @Test
  void refusesOtherTypes() {
    assertThatThrownBy(() -> Json.write(new Object())).isInstanceOf(IllegalArgumentException.class);
  }
}
