package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.RestrictPersonRequest;
import dev.switchboard.api.sandbox.v1.RestrictPersonResponse;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.privacy.Timelocks;
import java.time.Duration;

/** What stands between a person and strangers. */
final class Restraints {
  private final Network network;

  Restraints(Network network) {
    this.network = network;
  }

  RestrictPersonResponse restrict(RestrictPersonRequest request) {
    Duration lock = Duration.ofSeconds(request.getReachoutLock().getSeconds());
    RestrictPersonResponse.Builder answer = RestrictPersonResponse.newBuilder();
    network
        .change(change ->
            Timelocks.restrict(
                change,
                Directory.find(change, request.getPerson()),
                lock,
                request.getRequiresPrivacyToken()))
        .ifPresent(end -> answer.setLockEndTime(Times.of(end)));
    return answer.build();
  }
}
