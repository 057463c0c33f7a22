package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.RestrictPersonRequest;
import dev.switchboard.api.sandbox.v1.RestrictPersonResponse;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.sandbox.v1.SendAsPersonResponse;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.phone.Phones;
import dev.switchboard.sandbox.privacy.Strangers;
import dev.switchboard.sandbox.privacy.Timelocks;
import dev.switchboard.sandbox.record.AccountRecord;
import java.time.Duration;

/** What stands between a person and strangers. */
final class Restraints {
  private final Network network;
  private final Phones phones;

  Restraints(Network network, Phones phones) {
    this.network = network;
    this.phones = phones;
  }

  /** Lets a person write. */
  SendAsPersonResponse send(SendAsPersonRequest request) {
    Written written =
        network.change(change -> {
          AccountRecord person = Directory.find(change, request.getPerson());
          AccountRecord to = Directory.find(change, request.getTo());
          Strangers.greet(change, person, to);
          return new Written(phones.sendText(change, person, to, request.getText()), change);
        });
    return SendAsPersonResponse.newBuilder()
        .setMessageId(written.id())
        .setSendTime(Times.of(written.in().left()))
        .build();
  }

  private record Written(String id, Change in) {}

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
