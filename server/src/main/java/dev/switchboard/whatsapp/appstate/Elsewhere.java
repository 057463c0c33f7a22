package dev.switchboard.whatsapp.appstate;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.appstate.codec.Patch;
import dev.switchboard.whatsapp.appstate.codec.Snapshot;
import dev.switchboard.whatsapp.media.MediaKind;
import dev.switchboard.whatsapp.media.MediaReference;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.wire.Node;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An answer for one collection of which parts lie outside of the stanza: the network hands out
 * snapshots that way, and the mutations of large patches (read in public sources). Gathers these
 * parts, then is the answer as if it had held them.
 */
final class Elsewhere {
  /** Of all parts of one answer, in memory at the same time. */
  static final int MOST_BYTES = 32 << 20;

  private final CollectionName name;
  private final Following.Base base;
  private final Node answer;
  private final ArrayDeque<MediaReference> missing;
  private final Map<ByteString, byte[]> parts = new HashMap<>();
  private long bytes;

  private Elsewhere(
      CollectionName name, Following.Base base, Node answer, List<MediaReference> missing) {
    this.name = name;
    this.base = base;
    this.answer = answer;
    this.missing = new ArrayDeque<>(missing);
  }

  /** Empty when the answer holds everything. */
  static Optional<Elsewhere> of(CollectionName name, Following.Base base, Node answer) {
    Stream<ExternalBlobReference> snapshot =
        answer.child("snapshot").flatMap(node -> Snapshot.reference(node.bytes())).stream();
    Stream<ExternalBlobReference> patches =
        Intake.patches(answer).stream().flatMap(node -> Patch.reference(node.bytes()).stream());
    List<MediaReference> missing =
        Stream.concat(snapshot, patches).map(Elsewhere::reference).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(new Elsewhere(name, base, answer, missing));
  }

  private static MediaReference reference(ExternalBlobReference reference) {
    return new MediaReference(
        MediaKind.APP_STATE,
        reference.getDirectPath(),
        reference.getMediaKey(),
        reference.getFileEncSha256(),
        reference.getFileSha256(),
        reference.getFileSizeBytes());
  }

  CollectionName name() {
    return name;
  }

  Following.Base base() {
    return base;
  }

  /** What is to be fetched next; empty when all of it is there. */
  Optional<MediaReference> next() {
    return Optional.ofNullable(missing.peek());
  }

  /** Takes the part that was next; false when it is one too many. */
  boolean take(byte[] content) {
    bytes += content.length;
    parts.put(missing.remove().encryptedHash(), content);
    return bytes <= MOST_BYTES;
  }

  /**
   * The answer with everything in it.
   *
   * @throws dev.switchboard.whatsapp.appstate.codec.AppStateException MALFORMED
   */
  Node whole() {
    List<Node> patches =
        Intake.patches(answer).stream().map(patch -> Node.of("patch", whole(patch))).toList();
    return Node.builder("collection")
        .attribute("name", name.wireName())
        .attribute("type", answer.attribute("type"))
        .attribute("has_more_patches", answer.attribute("has_more_patches"))
        .children(answer.children("error"))
        .children(answer.child("snapshot").map(this::snapshot).stream().toList())
        .child(Node.of("patches", patches))
        .build();
  }

  private Node snapshot(Node node) {
    return Snapshot.reference(node.bytes())
        .map(reference -> Node.of("snapshot", part(reference)))
        .orElse(node);
  }

  private byte[] whole(Node patch) {
    return Patch.reference(patch.bytes())
        .map(reference -> Patch.complete(patch.bytes(), part(reference)))
        .orElseGet(patch::bytes);
  }

  private byte[] part(ExternalBlobReference reference) {
    return parts.getOrDefault(reference.getFileEncSha256(), new byte[0]);
  }
}
