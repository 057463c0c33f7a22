package dev.switchboard.whatsapp.appstate;

import dev.switchboard.whatsapp.appstate.codec.PatchWriter;
import dev.switchboard.whatsapp.appstate.codec.SyncKey;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;
import dev.switchboard.whatsapp.session.Numbers;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.session.StanzaStream;
import dev.switchboard.whatsapp.wire.Node;
import java.util.EnumSet;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Writes changes of this device. Where another device was faster the server answers with a
 * conflict: its changes are taken first, and ours is written anew on top of them.
 */
final class Uploads {
  private static final int CONFLICT = 409;

  private final StanzaStream stream;
  private final Tools tools;
  private final CollectionStore store;
  private final AppStateLimits limits;
  private final RandomGenerator random;

  Uploads(StanzaStream stream, Tools tools, AppStateLimits limits, RandomGenerator random) {
    this.stream = stream;
    this.tools = tools;
    this.store = tools.store();
    this.limits = limits;
    this.random = random;
  }

  UploadOutcome upload(CollectionName name, SyncdOperation operation, SyncActionData data)
      throws InterruptedException {
    Optional<SyncKey> key = tools.keys().newest();
    if (key.isEmpty()) {
      return new UploadOutcome.Held();
    }
    PatchWriter writer = new PatchWriter(key.get(), random);
    if (store.read(name).version() == 0) {
      // Nothing is known: writing over what others wrote would only be refused.
      Following.Remaining _ = catchUp(name);
    }
    for (int attempt = 0; attempt < limits.uploadAttempts(); attempt++) {
      Optional<UploadOutcome> outcome = attempt(name, writer, operation, data);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    return new UploadOutcome.GaveUp();
  }

  /** Empty when the collection had moved on and is up to date now. */
  private Optional<UploadOutcome> attempt(
      CollectionName name, PatchWriter writer, SyncdOperation operation, SyncActionData data)
      throws InterruptedException {
    CollectionState before = store.read(name);
    PatchWriter.Written written =
        writer.write(
            name.wireName(),
            before.position(),
            tools.intake().earlier(name, before),
            operation,
            data);
    Node question =
        Node.builder("collection")
            .attribute("name", name.wireName())
            .attribute("version", before.version())
            .attribute("return_snapshot", "false")
            .child(Node.of("patch", written.bytes()))
            .build();
    Node answer;
    try {
      answer = Following.answers(ask(Node.of("sync", question))).get(name);
    } catch (RequestRefused e) {
      return Optional.of(new UploadOutcome.Refused(e.code()));
    }
    if (answer == null) {
      return Optional.of(new UploadOutcome.Refused(0));
    }
    if (!answer.has("type", "error")) {
      tools.intake().own(name, before, written.result());
      return Optional.of(new UploadOutcome.Done(written.result().after().version()));
    }
    int code = answer.child("error").map(error -> Numbers.of(error, "code", 0)).orElse(0);
    return code == CONFLICT
        ? caughtUp(name, before, answer)
        : Optional.of(new UploadOutcome.Refused(code));
  }

  private Optional<UploadOutcome> caughtUp(CollectionName name, CollectionState before, Node answer)
      throws InterruptedException {
    Outcome outcome = tools.intake().take(name, before, answer);
    if (outcome instanceof Outcome.Done && store.read(name).version() != before.version()) {
      return Optional.empty();
    }
    Following.Remaining remaining = catchUp(name);
    if (remaining.held().contains(name)) {
      return Optional.of(new UploadOutcome.Held());
    }
    boolean upToDate = remaining.later().isEmpty() && store.read(name).trouble().isNone();
    return upToDate ? Optional.empty() : Optional.of(new UploadOutcome.GaveUp());
  }

  /** Waits for the server, but fetches nothing that lies elsewhere: that would take too long. */
  private Following.Remaining catchUp(CollectionName name) throws InterruptedException {
    Following following = tools.following(EnumSet.of(name));
    Optional<Node> question = following.question();
    while (question.isPresent()) {
      try {
        following.answered(ask(question.get()));
      } catch (RequestRefused e) {
        following.unanswered("error " + e.code());
      }
      following.leaveElsewhere();
      question = following.question();
    }
    return following.remaining();
  }

  private Node ask(Node content) throws InterruptedException {
    return stream.request("set", Following.NAMESPACE, content);
  }
}
