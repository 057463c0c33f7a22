package dev.switchboard.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.FieldMask;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.NewRecipientStep;
import dev.switchboard.api.v1.PacingGap;
import dev.switchboard.api.v1.PacingPolicy;
import dev.switchboard.api.v1.PacingQuietHours;
import dev.switchboard.api.v1.PacingTyping;
import dev.switchboard.api.v1.QuietInterval;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.Route;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacingMapperTest {
  private static final dev.switchboard.model.pacing.PacingPolicy STANDARD =
      dev.switchboard.model.pacing.PacingPolicy.STANDARD;
  private static final dev.switchboard.model.pacing.PacingPolicy NONE =
      dev.switchboard.model.pacing.PacingPolicy.NONE;

  @Test
  void aPolicyComesBackAsItWasGiven() {
    PacingPolicy quiet =
        PacingMapper.toContract(STANDARD).toBuilder()
            .addNewRecipients(NewRecipientStep.newBuilder().setFromDay(90))
            .setTyping(
                PacingTyping.newBuilder()
                    .setCharactersPerMinute(7)
                    .setLongest(seconds(9))
                    .setEveryText(true))
            .setQuietHours(
                PacingQuietHours.newBuilder()
                    .setTimeZone("Europe/Berlin")
                    .addIntervals(QuietInterval.newBuilder().setFrom("21:30").setTo("08:00")))
            .build();
    assertThat(PacingMapper.toContract(PacingMapper.toModel(quiet))).isEqualTo(quiet);
    for (var policy : List.of(STANDARD, NONE)) {
      assertThat(PacingMapper.toModel(PacingMapper.toContract(policy))).isEqualTo(policy);
    }
  }

  @Test
  void whatIsAbsentIsNotLimited() {
    assertThat(PacingMapper.toModel(PacingPolicy.getDefaultInstance())).isEqualTo(NONE);
  }

  @Test
  void anInstanceHasNoPolicyOfItsOwnUnlessItIsGivenOne() {
    var request = CreateInstanceRequest.newBuilder();
    assertThat(InstanceSettingsMapper.initial(request.build()).pacing()).isNull();
    request.setPacing(PacingMapper.toContract(STANDARD));
    assertThat(InstanceSettingsMapper.initial(request.build()).pacing()).isEqualTo(STANDARD);
  }

  @Test
  void anUpdateReplacesThePolicyOrTakesItAwayAndLeavesTheRest() {
    var now = new InstanceSettings("The shop", new Route.Direct(), STANDARD);
    Instance given = Instance.newBuilder().setPacing(PacingPolicy.getDefaultInstance()).build();
    assertThat(change(given, "pacing").pacing()).isEqualTo(NONE);
    assertThat(change(given, "pacing").displayName()).isEqualTo("The shop");
    assertThat(change(Instance.getDefaultInstance(), "pacing").pacing()).isNull();
    assertThat(change(given, "display_name").pacing()).isEqualTo(STANDARD);
    var maskless = UpdateInstanceRequest.newBuilder().setInstance(given).build();
    assertThat(InstanceSettingsMapper.change(maskless).apply(now).pacing()).isEqualTo(NONE);
  }

  @Test
  void namesTheFieldThatCannotBe() {
    refuses(
        "pacing.gap.maximum",
        PacingPolicy.newBuilder().setGap(PacingGap.newBuilder().setMinimum(seconds(2))));
    refuses(
        "pacing.quiet_hours.time_zone",
        PacingPolicy.newBuilder()
            .setQuietHours(PacingQuietHours.newBuilder().setTimeZone("Atlantis")));
    refuses(
        "pacing.quiet_hours.intervals",
        PacingPolicy.newBuilder()
            .setQuietHours(
                PacingQuietHours.newBuilder()
                    .setTimeZone("UTC")
                    .addIntervals(QuietInterval.newBuilder().setFrom("25:00").setTo("07:00"))));
  }

  private static InstanceSettings change(Instance given, String path) {
    return InstanceSettingsMapper.change(
            UpdateInstanceRequest.newBuilder()
                .setInstance(given)
                .setUpdateMask(FieldMask.newBuilder().addPaths(path))
                .build())
        .apply(new InstanceSettings("The shop", new Route.Direct(), STANDARD));
  }

  private static Duration seconds(int seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }

  private static void refuses(String field, PacingPolicy.Builder policy) {
    assertThatThrownBy(() -> PacingMapper.toModel(policy.build()))
        .isInstanceOfSatisfying(
            GatewayException.class, refusal -> assertThat(refusal.field()).hasValue(field));
  }
}
