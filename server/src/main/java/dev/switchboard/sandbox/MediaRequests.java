package dev.switchboard.sandbox;

import dev.switchboard.sandbox.fault.Fault;
import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.fault.Manner;
import dev.switchboard.sandbox.media.MediaHost;
import dev.switchboard.sandbox.network.Refusal;
import dev.switchboard.sandbox.network.Refusals;
import dev.switchboard.sandbox.socket.HttpAnswer;
import dev.switchboard.sandbox.socket.HttpRequestHandler;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code GET /mms/…}: what lies on the media host. Everything else is for somebody else. */
final class MediaRequests implements HttpRequestHandler {
  private static final HttpAnswer NOTHING_THERE = HttpAnswer.text(404, "not found\n");

  private final MediaHost media;
  private final Faults faults;
  private final Refusals refusals;
  private final HttpRequestHandler others;

  MediaRequests(MediaHost media, Faults faults, Refusals refusals, HttpRequestHandler others) {
    this.media = media;
    this.faults = faults;
    this.refusals = refusals;
    this.others = others;
  }

  @Override
  public Optional<HttpAnswer> answer(Request request) {
    if (!request.path().startsWith("/mms/")) {
      return others.answer(request);
    }
    if (!request.method().equals("GET")
        || !MediaHost.isConsistent(request.path(), query(request.query()))) {
      refusals.count(Refusal.MEDIA_REQUEST);
      return Optional.of(HttpAnswer.text(400, "not what lies there\n"));
    }
    return media.find(request.path()).map(this::answer).orElse(Optional.of(NOTHING_THERE));
  }

  private Optional<HttpAnswer> answer(MediaHost.Blob blob) {
    if (faults.happens(Fault.MEDIA_SILENT, blob.owner())) {
      return Optional.empty();
    }
    Optional<Manner> failure = faults.strike(Fault.MEDIA_FAILURE, blob.owner());
    if (failure.isPresent()) {
      return Optional.of(HttpAnswer.text(failure.get().code(), "failed\n"));
    }
    return Optional.of(
        HttpAnswer.bytes(
            faults.happens(Fault.MEDIA_DAMAGED, blob.owner())
                ? Faults.damaged(blob.sealed())
                : blob.sealed()));
  }

  private static Map<String, String> query(String text) {
    Map<String, String> first = new LinkedHashMap<>();
    new QueryStringDecoder(text, false)
        .parameters()
        .forEach((name, values) -> first.put(name, values.getFirst()));
    return first;
  }
}
