package dev.switchboard.store.contact;

import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.PresenceWish;
import dev.switchboard.store.account.PeerBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** What is wanted of presence as bytes, before encryption: a version, then its parts. */
final class PresenceBytes {
  private static final int VERSION = 1;

  private PresenceBytes() {}

  static byte[] encode(PresenceWish wish) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      output.writeByte(VERSION);
      output.writeBoolean(wish.online());
      output.writeInt(wish.followed().size());
      for (Peer person : wish.followed()) {
        var name = PeerBytes.encode(person);
        output.writeByte(name.length);
        output.write(name);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static PresenceWish decode(byte[] bytes) {
    try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = input.readByte();
      if (version != VERSION) {
        throw new IllegalArgumentException("a presence of the unknown version " + version);
      }
      var online = input.readBoolean();
      List<Peer> followed = new ArrayList<>();
      for (int left = input.readInt(); left > 0; left--) {
        followed.add(PeerBytes.decode(input.readNBytes(input.readUnsignedByte())));
      }
      return new PresenceWish(online, followed);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
