package dev.switchboard.interop.parity;

import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import dev.switchboard.api.sandbox.v1.Stanza;
import dev.switchboard.api.sandbox.v1.StanzaDirection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads from the sandbox's log what clients said since it was last asked. */
final class Recorder {
  /** A client that says nothing for so long has finished. */
  private static final Duration QUIET = Duration.ofMillis(1_500);

  private static final int PAGE = 1_000;

  private final Supplier<SandboxServiceBlockingStub> sandbox;
  private long read;

  Recorder(Supplier<SandboxServiceBlockingStub> sandbox) {
    this.sandbox = sandbox;
  }

  /** What clients said since the last call, once they have finished. Pings say nothing. */
  List<Stanza> heard() throws InterruptedException {
    List<Stanza> all = all();
    List<Stanza> before;
    do {
      before = all;
      Thread.sleep(QUIET);
      all = all();
    } while (all.size() > before.size());
    List<Stanza> heard = all.stream().filter(stanza -> stanza.getSequence() > read).toList();
    read = all.isEmpty() ? read : all.getLast().getSequence();
    return heard;
  }

  private List<Stanza> all() {
    List<Stanza> all = new ArrayList<>();
    String token = "";
    do {
      var page =
          sandbox
              .get()
              .listStanzas(
                  ListStanzasRequest.newBuilder()
                      .setDirection(StanzaDirection.STANZA_DIRECTION_FROM_CLIENT)
                      .setPageSize(PAGE)
                      .setPageToken(token)
                      .build());
      page.getStanzasList().stream().filter(Predicate.not(Recorder::isPing)).forEach(all::add);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static boolean isPing(Stanza stanza) {
    return "w:p".equals(stanza.getNode().getAttributesMap().get("xmlns"));
  }
}
