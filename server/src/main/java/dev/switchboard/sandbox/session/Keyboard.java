package dev.switchboard.sandbox.session;

import dev.switchboard.sandbox.linkcode.PhoneExchange;
import dev.switchboard.sandbox.linkcode.TypedCode;
import dev.switchboard.sandbox.network.Network;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.whatsapp.crypto.KeyPair;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A phone on which a person types the code that a client shows. */
public final class Keyboard {
  private final Network network;
  private final PairingDesk desk;
  private final InstantSource clock;
  private final SecureRandom random;

  Keyboard(Network network, PairingDesk desk, InstantSource clock, SecureRandom random) {
    this.network = network;
    this.desk = desk;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Types a code.
   *
   * @param phoneNumber digits
   */
  public CompletableFuture<LinkOutcome> type(String phoneNumber, String text) {
    Optional<TypedCode> code = TypedCode.parse(text);
    if (code.isEmpty()) {
      return CompletableFuture.completedFuture(new LinkOutcome.NotACode());
    }
    Optional<AccountRecord> account =
        network.change(change -> change.state().accounts().find(phoneNumber));
    Optional<CodeRegistration> registration = desk.waitingFor(phoneNumber);
    Optional<CodeRegistration.Waiting> waiting =
        registration.flatMap(client -> client.waiting(clock.instant()));
    if (account.isEmpty() || waiting.isEmpty()) {
      return nobodyWaits();
    }
    return type(account.get(), code.get(), registration.orElseThrow(), waiting.get());
  }

  private CompletableFuture<LinkOutcome> type(
      AccountRecord account,
      TypedCode code,
      CodeRegistration registration,
      CodeRegistration.Waiting waiting) {
    KeyPair identity =
        new KeyPair(account.getIdentity().toByteArray(), account.getIdentityPublic().toByteArray());
    PhoneExchange exchange = PhoneExchange.begin(code, waiting.hello(), identity, random);
    return network
        .change(change -> registration.typed(change, account, waiting, exchange))
        .orElseGet(this::nobodyWaits);
  }

  private CompletableFuture<LinkOutcome> nobodyWaits() {
    network.refusals().count(Refusal.UNKNOWN_LINK_CODE);
    return CompletableFuture.completedFuture(new LinkOutcome.UnknownCode());
  }
}
