package dev.switchboard.whatsapp.appstate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.instance.AppStateTrouble;
import dev.switchboard.whatsapp.account.PushNameStore;
import dev.switchboard.whatsapp.appstate.codec.BaileysCollection;
import dev.switchboard.whatsapp.appstate.codec.Written;
import dev.switchboard.whatsapp.appstate.key.KeyRing;
import dev.switchboard.whatsapp.proto.ExternalBlobReference;
import dev.switchboard.whatsapp.proto.SyncdPatch;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class FollowingTest {
  private static final AppStateLimits LIMITS = AppStateLimits.DEFAULT;
  private static final int MANY = 10_000;

  /** Where a snapshot lies, on a host that cannot be reached. */
  private static final byte[] AWAY =
      ExternalBlobReference.newBuilder()
          .setMediaKey(ByteString.copyFrom(new byte[32]))
          .setDirectPath("/v/x.enc?ccb=1")
          .build()
          .toByteArray();

  @Test
  void takesAllCollectionsFromTheirPatches() throws Exception {
    Follower follower = follower(FollowingTest::patches);

    follower.follow();

    for (CollectionName name : CollectionName.values()) {
      BaileysCollection made = BaileysCollection.named(name.wireName());
      CollectionState state = follower.state(name);
      assertThat(state.version()).isEqualTo(made.steps().size());
      assertThat(state.position().hash().bytes()).isEqualTo(made.steps().getLast().hash());
      assertThat(state.trouble()).isEqualTo(Trouble.NONE);
      assertThat(state.entries()).isEqualTo(follower.entries(name)).isPositive();
    }
    assertThat(new PushNameStore(follower.stored).read()).contains("Ada L.");
    assertThat(follower.names.stream().map(named -> named.names().full()))
        .containsExactly("Grace Hopper", "Linus", "Rear Admiral Hopper", "");
    assertThat(follower.questions).hasSize(CollectionName.values().length);
  }

  @Test
  void tellsWhatTheFirstAnswerHoldsAsOfBeforeTheLink() throws Exception {
    Follower follower = follower(question -> patches(question, 2));
    follower.follow("critical_unblock_low");
    assertThat(follower.names).hasSize(2);
    assertThat(follower.historicalNames).isEqualTo(follower.names);

    follower.reconnect(FollowingTest::patches);
    follower.follow("critical_unblock_low");

    assertThat(follower.names).hasSize(4);
    assertThat(follower.historicalNames).isEqualTo(follower.names.subList(0, 2));
  }

  @Test
  void makesVersionAndRecordsDurableInOneStep() throws Exception {
    Follower follower = follower(FollowingTest::patches);

    follower.follow("regular_low");

    List<List<RecordChange>> versions =
        follower.commits.stream()
            .filter(commit -> commit.stream().anyMatch(FollowingTest::isVersion))
            .toList();
    assertThat(versions).hasSize(5).allSatisfy(commit -> assertThat(commit).hasSize(2));
  }

  @Test
  void asksAgainWhileTheServerHasMore() throws Exception {
    Follower follower =
        follower(question -> {
          int known = Integer.parseInt(question.requiredAttribute("version"));
          var steps = BaileysCollection.named("regular_low").steps();
          return answer(question)
              .attribute("has_more_patches", Boolean.toString(known + 1 < steps.size()))
              .child(Node.of("patches", Node.of("patch", steps.get(known).patch())))
              .build();
        });

    follower.follow("regular_low");

    assertThat(follower.state(CollectionName.REGULAR_LOW).version()).isEqualTo(5);
    assertThat(follower.questions)
        .extracting(question -> question.requiredAttribute("return_snapshot"))
        .containsExactly("true", "false", "false", "false", "false");
  }

  @Test
  void endsWithAServerThatAlwaysHasMore() throws Exception {
    Follower follower =
        follower(question -> answer(question).attribute("has_more_patches", "true").build());

    follower.follow("regular");

    assertThat(follower.questions).hasSize(2);
    assertThat(follower.state(CollectionName.REGULAR).trouble().lasting()).isTrue();
  }

  @Test
  void takesASnapshotAndThePatchesAfterIt() throws Exception {
    BaileysCollection made = BaileysCollection.named("critical_unblock_low");
    Follower follower =
        follower(question ->
            answer(question)
                .child(Node.of("snapshot", made.snapshot()))
                .child(
                    Node.of(
                        "patches",
                        made.steps().stream().map(step -> Node.of("patch", step.patch())).toList()))
                .build());

    follower.follow("critical_unblock_low");

    CollectionState state = follower.state(CollectionName.CRITICAL_UNBLOCK_LOW);
    assertThat(state.version()).isEqualTo(4);
    assertThat(state.position().hash().bytes()).isEqualTo(made.steps().getLast().hash());
    assertThat(follower.entries(CollectionName.CRITICAL_UNBLOCK_LOW)).isEqualTo(1);
  }

  @Test
  void readsACollectionAnewThatDoesNotFit() throws Exception {
    BaileysCollection made = BaileysCollection.named("regular_low");
    Follower follower = follower(question -> patches(question, 3));
    follower.follow("regular_low");
    follower.reconnect(question ->
        question.has("return_snapshot", "true")
            ? answer(question).child(Node.of("snapshot", made.snapshot())).build()
            : answer(question)
                .child(Node.of("patches", Node.of("patch", forged(made.steps().get(3).patch()))))
                .build());

    follower.follow("regular_low");

    CollectionState state = follower.state(CollectionName.REGULAR_LOW);
    assertThat(state.version()).isEqualTo(5);
    assertThat(state.trouble()).isEqualTo(Trouble.NONE);
    assertThat(state.generation()).isEqualTo(1);
    assertThat(follower.stored.count(RecordKind.APP_STATE_ENTRY)).isEqualTo(4);
  }

  @Test
  void keepsWhatItHadWhenTheSnapshotDoesNotFitEither() throws Exception {
    Follower follower = follower(question -> patches(question, 3));
    follower.follow("regular_low");
    BaileysCollection made = BaileysCollection.named("regular_low");
    follower.reconnect(question ->
        question.has("return_snapshot", "true")
            ? answer(question).child(Node.of("snapshot", forged(made.snapshot()))).build()
            : answer(question)
                .child(Node.of("patches", Node.of("patch", forged(made.steps().get(3).patch()))))
                .build());
    follower.questions.clear();

    follower.follow("regular_low");

    assertThat(follower.questions).hasSize(2);
    CollectionState state = follower.state(CollectionName.REGULAR_LOW);
    assertThat(state.version()).isEqualTo(3);
    assertThat(state.trouble().lasting()).isTrue();
    assertThat(follower.entries(CollectionName.REGULAR_LOW)).isEqualTo(3);
    assertThat(follower.appState().deadline()).isEqualTo(Instant.MAX);

    follower.reconnect(FollowingTest::patches);
    follower.follow("regular_low");
    assertThat(follower.state(CollectionName.REGULAR_LOW).version()).isEqualTo(5);
    assertThat(follower.state(CollectionName.REGULAR_LOW).trouble()).isEqualTo(Trouble.NONE);
  }

  @Test
  void marksACollectionWhoseSnapshotCannotBeFetchedAndAsksAgainLater() throws Exception {
    Follower follower =
        follower(question -> answer(question).child(Node.of("snapshot", AWAY)).build());

    follower.follow("regular");

    assertThat(follower.questions).hasSize(1);
    assertThat(follower.state(CollectionName.REGULAR).trouble())
        .isEqualTo(Trouble.passing("EXTERNAL_BLOB: HOST_FAILED"));
    assertThat(follower.appState().troubles())
        .containsExactly(new AppStateTrouble("regular", "EXTERNAL_BLOB: HOST_FAILED", false));

    follower.reconnect(FollowingTest::patches);
    follower.follow("regular");

    assertThat(follower.state(CollectionName.REGULAR).version()).isEqualTo(3);
    assertThat(follower.appState().troubles()).isEmpty();
  }

  @Test
  void aCollectionThatDidNotFitIsInTroubleUntilItFits() throws Exception {
    BaileysCollection made = BaileysCollection.named("regular");
    AppStateTrouble forged = new AppStateTrouble("regular", "PATCH_MAC", true);
    Node spoilt = Node.of("patches", Node.of("patch", otherMac(made.steps().getFirst().patch())));
    Follower follower = follower(question -> answer(question).child(spoilt).build());
    follower.follow("regular");
    assertThat(follower.appState().troubles()).containsExactly(forged);

    follower.reconnect(question -> answer(question).child(Node.of("snapshot", AWAY)).build());
    follower.follow();
    assertThat(follower.appState().troubles())
        .as("it cannot be fetched either, which makes it no better")
        .contains(forged);

    follower.reconnect(question -> patches(question, 1));
    follower.appState().everythingIsDue();
    assertThat(follower.appState().troubles()).as("read back at login").contains(forged);
    follower.tick();
    assertThat(follower.appState().troubles()).isEmpty();
  }

  @Test
  void waitsForTheFirstKeyAndThenLooksAtEverything() throws Exception {
    Follower follower = new Follower(LIMITS, FollowingTest::patches);

    follower.follow();
    assertThat(follower.questions).isEmpty();
    follower.shareKey();
    follower.tick();

    assertThat(follower.state(CollectionName.REGULAR).version()).isEqualTo(3);
  }

  @Test
  void holdsACollectionBackWhoseKeyIsMissing() throws Exception {
    Follower follower = new Follower(LIMITS, FollowingTest::patches);
    follower.stored.commit(
        KeyRing.changes(Follower.share(ByteString.copyFromUtf8("other"), new byte[32])));

    follower.follow("regular");
    assertThat(follower.state(CollectionName.REGULAR).version()).isZero();
    follower.tick();
    assertThat(follower.questions).as("asked while the key is missing").hasSize(1);

    follower.shareKey();
    follower.tick();
    assertThat(follower.state(CollectionName.REGULAR).version()).isEqualTo(3);
    assertThat(follower.appState().deadline()).isEqualTo(Instant.MAX);
  }

  @Test
  void triesLaterAFewTimesWhatTheServerWillNotGive() throws Exception {
    Follower follower =
        follower(question ->
            answer(question)
                .attribute("type", "error")
                .child(Node.builder("error").attribute("code", 500).build())
                .build());

    follower.follow("regular");
    for (int minutes = 0; minutes < 60; minutes++) {
      follower.clock.advance(LIMITS.retryAfter());
      follower.tick();
    }

    assertThat(follower.questions).hasSize(1 + LIMITS.retries());
  }

  @Test
  void writesAChangeAnewOnTopOfWhatCameInBetween() throws Exception {
    Follower follower =
        follower(question -> {
          boolean upload = question.child("patch").isPresent();
          if (!upload) {
            return patches(question, 1);
          }
          return question.has("version", "1")
              ? conflict(question)
              : answer(question).attribute("version", "3").build();
        });
    follower.follow("critical_block");

    UploadOutcome outcome = follower.appState().rename("Third");

    assertThat(outcome).isEqualTo(new UploadOutcome.Done(3));
    assertThat(new PushNameStore(follower.stored).read()).contains("Third");
    assertThat(follower.state(CollectionName.CRITICAL_BLOCK).version()).isEqualTo(3);
  }

  @Test
  void givesUpAChangeThatAlwaysComesTooLate() throws Exception {
    Follower follower =
        follower(question ->
            question.child("patch").isPresent() ? conflict(question) : patches(question, 2));
    follower.follow("critical_block");

    assertThat(follower.appState().rename("Never")).isEqualTo(new UploadOutcome.GaveUp());

    assertThat(follower.questions.stream().filter(each -> each.child("patch").isPresent()))
        .hasSize(LIMITS.uploadAttempts());
    assertThat(new PushNameStore(follower.stored).read()).contains("Ada L.");
  }

  @Test
  void isTheSameWhereverItIsKilled() throws Exception {
    BaileysCollection made = BaileysCollection.named("critical_unblock_low");
    byte[] snapshot = Written.snapshotOfContacts("critical_unblock_low", 9, 10);
    AppStateLimits small = limits(4, 1_000);
    boolean died = true;
    for (int commits = 0; died; commits++) {
      Follower follower = new Follower(small, question -> patches(question, 2));
      follower.shareKey();
      follower.follow("critical_unblock_low");
      Function<Node, Node> server =
          question ->
              question.has("return_snapshot", "true")
                  ? answer(question).child(Node.of("snapshot", snapshot)).build()
                  : answer(question)
                      .child(
                          Node.of("patches", Node.of("patch", forged(made.steps().get(2).patch()))))
                      .build();
      follower.reconnect(server);
      follower.commitsUntilDeath = commits;
      died = dies(follower);
      follower.commitsUntilDeath = Integer.MAX_VALUE;

      CollectionState between = follower.state(CollectionName.CRITICAL_UNBLOCK_LOW);
      assertThat(between.entries())
          .as("killed after %d commits", commits)
          .isEqualTo(follower.entries(CollectionName.CRITICAL_UNBLOCK_LOW));
      follower.reconnect(question ->
          question.has("version", "9") ? answer(question).build() : server.apply(question));
      follower.follow("critical_unblock_low");
      assertThat(follower.state(CollectionName.CRITICAL_UNBLOCK_LOW).version()).isEqualTo(9);
      assertThat(follower.entries(CollectionName.CRITICAL_UNBLOCK_LOW)).isEqualTo(10);
    }
  }

  @Test
  void holdsNothingOfALargeSnapshotThatIsStored() throws Exception {
    byte[] snapshot = Written.snapshotOfContacts("critical_unblock_low", 1, MANY);
    Follower follower =
        follower(question -> answer(question).child(Node.of("snapshot", snapshot)).build());
    follower.forgetful = true;
    follower.afterCommit =
        () -> {
          if (follower.commitCount % 20 == 0) {
            follower.told.awaitAtMost(2L * (LIMITS.commitEntries() + 1));
          }
        };

    follower.follow("critical_unblock_low");

    assertThat(follower.state(CollectionName.CRITICAL_UNBLOCK_LOW).entries()).isEqualTo(MANY);
    assertThat(follower.largestCommit).isLessThanOrEqualTo(LIMITS.commitEntries() + 1);
    assertThat(follower.commitCount).isGreaterThan(MANY / LIMITS.commitEntries());
    assertThat(follower.told.count()).isGreaterThan(2 * MANY); // Each record, and each name.
  }

  @Test
  void followsNoCollectionOfMoreRecordsThanMayBe() throws Exception {
    byte[] snapshot = Written.snapshotOfContacts("regular", 1, 11);
    Follower follower =
        new Follower(
            limits(4, 10),
            question -> answer(question).child(Node.of("snapshot", snapshot)).build());
    follower.shareKey();

    follower.follow("regular");

    assertThat(follower.state(CollectionName.REGULAR).trouble())
        .isEqualTo(Trouble.lasting("TOO_LARGE"));
    assertThat(follower.stored.count(RecordKind.APP_STATE_ENTRY)).isZero();
  }

  private static Follower follower(Function<Node, Node> answers) {
    Follower follower = new Follower(LIMITS, answers);
    follower.shareKey();
    return follower;
  }

  private static boolean dies(Follower follower) throws InterruptedException {
    try {
      follower.follow("critical_unblock_low");
      return false;
    } catch (Follower.Death e) {
      return true;
    }
  }

  private static boolean isVersion(RecordChange change) {
    return change.key().kind() == RecordKind.APP_STATE_VERSION;
  }

  private static Node patches(Node question) {
    return patches(question, Integer.MAX_VALUE);
  }

  private static Node patches(Node question, int upTo) {
    long known = Long.parseLong(question.requiredAttribute("version"));
    List<Node> newer =
        BaileysCollection.named(question.requiredAttribute("name")).steps().stream()
            .filter(step -> step.version() > known && step.version() <= upTo)
            .map(step -> Node.of("patch", step.patch()))
            .toList();
    return answer(question).child(Node.of("patches", newer)).build();
  }

  private static Node conflict(Node question) {
    Node newer = patches(question, 2);
    return Node.builder("collection")
        .attribute("name", question.requiredAttribute("name"))
        .attribute("type", "error")
        .child(Node.builder("error").attribute("code", 409).build())
        .children(newer.children())
        .build();
  }

  private static NodeBuilder answer(Node question) {
    return Node.builder("collection")
        .attribute("name", question.requiredAttribute("name"))
        .attribute("type", "result");
  }

  private static byte[] otherMac(byte[] genuine) throws InvalidProtocolBufferException {
    SyncdPatch patch = SyncdPatch.parseFrom(genuine);
    return patch.toBuilder().setPatchMac(ByteString.copyFrom(new byte[32])).build().toByteArray();
  }

  private static byte[] forged(byte[] genuine) {
    byte[] forged = genuine.clone();
    forged[forged.length / 2] ^= 1;
    return forged;
  }

  private static AppStateLimits limits(int commitEntries, int entries) {
    return new AppStateLimits(
        LIMITS.rounds(),
        entries,
        LIMITS.valueBytes(),
        commitEntries,
        LIMITS.retries(),
        LIMITS.retryAfter(),
        LIMITS.keyRequests(),
        LIMITS.uploadAttempts(),
        LIMITS.answerTimeout(),
        LIMITS.loginPatience());
  }
}
