package dev.switchboard.sandbox.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;

/** What the network makes of collections when it is told to spoil them: one wrong bit in a MAC. */
public final class Forgery {
  private Forgery() {}

  public static SyncdPatch of(SyncdPatch patch) {
    return patch.toBuilder().setPatchMac(spoilt(patch.getPatchMac())).build();
  }

  public static SyncdSnapshot of(SyncdSnapshot snapshot) {
    return snapshot.toBuilder().setMac(spoilt(snapshot.getMac())).build();
  }

  private static ByteString spoilt(ByteString mac) {
    byte[] bytes = mac.toByteArray();
    bytes[0] ^= 1;
    return ByteString.copyFrom(bytes);
  }
}
