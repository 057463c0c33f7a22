package dev.switchboard.whatsapp.signal;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A device whose durable records lie in a map; every call is a unit of its own. */
final class Device implements SignalStore {
  private static final int PREKEYS = 4;

  final SecureRandom random = new SecureRandom();
  final SignalIdentity identity = SignalIdentity.generate(random);
  final SignedPreKey signedPreKey = SignedPreKey.generate(identity, 1, random);
  final List<PreKey> preKeys = PreKey.generate(PreKey.MAX_ID - 1, PREKEYS, random);
  final Map<SignalRecordKey, byte[]> records = new HashMap<>();
  final SignalAddress address;

  Device(String name) {
    address = new SignalAddress(name, 0);
    apply(signedPreKey.put());
    preKeys.forEach(each -> apply(each.put()));
  }

  @Override
  public Optional<byte[]> read(SignalRecordKey key) {
    return Optional.ofNullable(records.get(key)).map(byte[]::clone);
  }

  SignalUnit unit() {
    return new SignalUnit(identity, this);
  }

  void commit(SignalUnit unit) {
    unit.changes().forEach(this::apply);
  }

  <T> T committed(Function<SignalUnit, T> work) {
    SignalUnit unit = unit();
    T result = work.apply(unit);
    commit(unit);
    return result;
  }

  PreKeyBundle bundle(@Nullable PreKey preKey) {
    return PreKeyBundle.of(identity, signedPreKey, preKey);
  }

  void establish(Device peer, @Nullable PreKey preKey) {
    SignalUnit unit = unit();
    unit.establish(peer.address, peer.bundle(preKey));
    commit(unit);
  }

  Ciphertext encrypt(Device peer, String text) {
    return committed(unit -> unit.encrypt(peer.address, text.getBytes(StandardCharsets.UTF_8)));
  }

  String decrypt(Device peer, Ciphertext message) {
    return new String(
        committed(unit -> unit.decrypt(peer.address, message.type(), message.bytes())),
        StandardCharsets.UTF_8);
  }

  byte[] session(Device peer) {
    return read(SignalRecordKey.session(peer.address)).orElseThrow();
  }

  Map<SignalRecordKey, byte[]> snapshot() {
    return Map.copyOf(records);
  }

  /** The two have exchanged a message each way. */
  static void introduce(Device one, Device other) {
    one.establish(other, other.preKeys.getFirst());
    other.decrypt(one, one.encrypt(other, "hello"));
    one.decrypt(other, other.encrypt(one, "hello yourself"));
  }

  private void apply(SignalChange change) {
    switch (change) {
      case SignalChange.Put put -> records.put(put.key(), put.value());
      case SignalChange.Remove remove -> records.remove(remove.key());
    }
  }
}
