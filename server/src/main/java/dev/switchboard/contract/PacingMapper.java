package dev.switchboard.contract;

import dev.switchboard.api.v1.NewRecipientStep;
import dev.switchboard.api.v1.PacingBudgets;
import dev.switchboard.api.v1.PacingGap;
import dev.switchboard.api.v1.PacingQuietHours;
import dev.switchboard.api.v1.PacingTyping;
import dev.switchboard.api.v1.QuietInterval;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.pacing.Budgets;
import dev.switchboard.model.pacing.Gap;
import dev.switchboard.model.pacing.NewRecipients;
import dev.switchboard.model.pacing.NewRecipients.Step;
import dev.switchboard.model.pacing.PacingPolicy;
import dev.switchboard.model.pacing.QuietHours;
import dev.switchboard.model.pacing.Typing;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** Pacing policies; what is absent in the contract is not limited. */
final class PacingMapper {
  private PacingMapper() {}

  static PacingPolicy toModel(dev.switchboard.api.v1.PacingPolicy policy) {
    PacingBudgets budgets = policy.getBudgets();
    return new PacingPolicy(
        gap(policy.getGap()),
        new Budgets(budgets.getPerMinute(), budgets.getPerHour(), budgets.getPerDay()),
        new NewRecipients(
            policy.getNewRecipientsList().stream()
                .map(step -> new Step(step.getFromDay(), step.getPerDay()))
                .toList()),
        policy.hasQuietHours()
            ? quietHours(policy.getQuietHours())
            : PacingPolicy.NONE.quietHours(),
        typing(policy.getTyping()));
  }

  static dev.switchboard.api.v1.PacingPolicy toContract(PacingPolicy policy) {
    var contract = dev.switchboard.api.v1.PacingPolicy.newBuilder();
    if (!policy.gap().equals(Gap.NONE)) {
      contract.setGap(gap(policy.gap()));
    }
    if (!policy.budgets().equals(Budgets.UNLIMITED)) {
      contract.setBudgets(budgets(policy.budgets()));
    }
    policy.newRecipients().steps().forEach(step -> contract.addNewRecipients(step(step)));
    if (!policy.quietHours().intervals().isEmpty()) {
      contract.setQuietHours(quietHours(policy.quietHours()));
    }
    return contract
        .setTyping(
            PacingTyping.newBuilder()
                .setCharactersPerMinute(policy.typing().charactersPerMinute())
                .setLongest(duration(policy.typing().longest()))
                .setEveryText(policy.typing().everyText()))
        .build();
  }

  private static Gap gap(PacingGap gap) {
    return new Gap(
        duration(gap.getMinimum()), duration(gap.getMaximum()), duration(gap.getJitter()));
  }

  private static PacingGap gap(Gap gap) {
    return PacingGap.newBuilder()
        .setMinimum(duration(gap.minimum()))
        .setMaximum(duration(gap.maximum()))
        .setJitter(duration(gap.jitter()))
        .build();
  }

  private static PacingBudgets budgets(Budgets budgets) {
    return PacingBudgets.newBuilder()
        .setPerMinute(budgets.perMinute())
        .setPerHour(budgets.perHour())
        .setPerDay(budgets.perDay())
        .build();
  }

  private static NewRecipientStep step(Step step) {
    var contract = NewRecipientStep.newBuilder().setFromDay(step.fromDay());
    if (step.perDay() != 0) {
      contract.setPerDay(step.perDay());
    }
    return contract.build();
  }

  private static Typing typing(PacingTyping typing) {
    return new Typing(
        typing.getCharactersPerMinute() == 0
            ? Typing.STANDARD.charactersPerMinute()
            : typing.getCharactersPerMinute(),
        typing.hasLongest() ? duration(typing.getLongest()) : Typing.STANDARD.longest(),
        typing.getEveryText());
  }

  private static QuietHours quietHours(PacingQuietHours quiet) {
    return new QuietHours(
        zone(quiet.getTimeZone()),
        quiet.getIntervalsList().stream().map(PacingMapper::interval).toList());
  }

  private static PacingQuietHours quietHours(QuietHours quiet) {
    var contract = PacingQuietHours.newBuilder().setTimeZone(quiet.zone().getId());
    for (QuietHours.Interval interval : quiet.intervals()) {
      contract.addIntervals(
          QuietInterval.newBuilder()
              .setFrom(interval.from().toString())
              .setTo(interval.to().toString()));
    }
    return contract.build();
  }

  private static ZoneId zone(String name) {
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw GatewayException.invalidField(
          "pacing.quiet_hours.time_zone", "must be a time zone such as Europe/Berlin");
    }
    return ZoneId.of(name);
  }

  private static QuietHours.Interval interval(QuietInterval interval) {
    return new QuietHours.Interval(time(interval.getFrom()), time(interval.getTo()));
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw GatewayException.invalidField(
          "pacing.quiet_hours.intervals", "must have times such as 21:30");
    }
  }

  private static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  private static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.toSeconds())
        .setNanos(duration.toNanosPart())
        .build();
  }
}
