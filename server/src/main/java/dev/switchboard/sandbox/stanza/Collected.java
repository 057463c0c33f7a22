package dev.switchboard.sandbox.stanza;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.sandbox.appstate.AppStateSnapshot;
import dev.switchboard.sandbox.appstate.Forgery;
import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.media.MediaType;
import dev.switchboard.sandbox.media.Placed;
import dev.switchboard.sandbox.network.Change;
import dev.switchboard.sandbox.network.Client;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.CollectionRecord;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.proto.SyncdMutations;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.proto.SyncdSnapshot;
import dev.switchboard.whatsapp.wire.Node;
import java.util.List;

/**
 * What a client does not know of a collection: patches, or for one that knows nothing a snapshot.
 * Snapshots always lie on the media host (read in public sources: clients take them for nothing
 * else), large patches have their mutations there. When the network gives which is not known; here
 * what fits into a stanza is given as patches, since some clients fetch from the network's own
 * media host only, wherever they are told to connect.
 */
final class Collected {
  static final int INLINE_BYTES = 32 << 10;

  private final MediaHost media;
  private final Faults faults;

  Collected(MediaHost media, Faults faults) {
    this.media = media;
    this.faults = faults;
  }

  List<Node> after(Client client, AccountRecord account, Node asked, long known, Change change) {
    String name = asked.requiredAttribute("name");
    List<ByteString> newer =
        change.state().collections().patchesAfter(account.getPhoneNumber(), name, known);
    if (newer.isEmpty()) {
      return List.of();
    }
    boolean asWished = faults.happens(Fault.EXTERNAL_BLOBS, client.device());
    boolean forged = faults.happens(Fault.APP_STATE_FORGED, client.device());
    long bytes = newer.stream().mapToLong(ByteString::size).sum();
    if (known == 0 && asked.has("return_snapshot", "true") && (asWished || bytes > INLINE_BYTES)) {
      SyncdSnapshot snapshot = snapshot(account, name, newer, change);
      byte[] content = (forged ? Forgery.of(snapshot) : snapshot).toByteArray();
      return List.of(Node.of("snapshot", reference(client, content).toByteArray()));
    }
    return List.of(
        Node.of(
            "patches",
            newer.stream()
                .map(patch -> forged ? Forgery.of(parse(patch)).toByteString() : patch)
                .map(patch ->
                    asWished || patch.size() > INLINE_BYTES ? external(client, patch) : patch)
                .map(patch -> Node.of("patch", patch.toByteArray()))
                .toList()));
  }

  private static SyncdSnapshot snapshot(
      AccountRecord account, String name, List<ByteString> patches, Change change) {
    CollectionRecord now = change.state().collections().find(account.getPhoneNumber(), name);
    return AppStateSnapshot.of(
        name,
        account.getSyncKeyId(),
        account.getSyncKey().toByteArray(),
        now.getVersion(),
        patches.stream().map(Collected::parse).toList());
  }

  private ByteString external(Client client, ByteString patch) {
    SyncdPatch whole = parse(patch);
    byte[] mutations =
        SyncdMutations.newBuilder().addAllMutations(whole.getMutationsList()).build().toByteArray();
    return whole.toBuilder()
        .clearMutations()
        .setExternalMutations(reference(client, mutations))
        .build()
        .toByteString();
  }

  private ExternalBlobReference reference(Client client, byte[] content) {
    Placed placed = media.put(MediaType.APP_STATE, client.device(), content);
    return ExternalBlobReference.newBuilder()
        .setMediaKey(placed.key())
        .setDirectPath(placed.path())
        .setFileSizeBytes(placed.size())
        .setFileSha256(placed.hash())
        .setFileEncSha256(placed.encryptedHash())
        .build();
  }

  private static SyncdPatch parse(ByteString patch) {
    try {
      return SyncdPatch.parseFrom(patch);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored patch cannot be read", e);
    }
  }
}
