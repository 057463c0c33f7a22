package dev.switchboard.contract.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.switchboard.api.v1.Event;
import dev.switchboard.api.v1.EventKind;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.WebhookTest;
import dev.switchboard.contract.Times;
import dev.switchboard.event.cursor.Cursors;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.WebhookKey;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Events as webhooks get them: the JSON of {@code switchboard.v1.Event}, as the HTTP surface gives
 * it, so that one parser serves both.
 */
public final class EventJson implements EventBody {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  private final Cursors cursors;

  public EventJson(Cursors cursors) {
    this.cursors = cursors;
  }

  @Override
  public Subject subject(dev.switchboard.event.Event event) {
    try {
      Event content = Event.parseFrom(event.content());
      var chats = RecordedEvents.chat(content).stream().flatMap(EventJson::names).distinct();
      return new Subject(content.getEventId(), chats.toList());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("an event of the log cannot be read", e);
    }
  }

  @Override
  public byte[] json(dev.switchboard.event.Event event, boolean replay) {
    String cursor = cursors.cursor(event.account().tenant(), event.position() + 1);
    Event told = RecordedEvents.toContract(event, cursor);
    return printed(replay ? told.toBuilder().setReplay(true).build() : told);
  }

  @Override
  public byte[] test(WebhookKey webhook, String id, Instant now) {
    return printed(
        Event.newBuilder()
            .setEventId(id)
            .setOccurTime(Times.toContract(now))
            .setRecordTime(Times.toContract(now))
            .setKind(EventKind.EVENT_KIND_WEBHOOK_TEST)
            .setWebhookTest(WebhookTest.newBuilder().setWebhookId(webhook.id()))
            .build());
  }

  private static byte[] printed(Event event) {
    try {
      return PRINTER.print(event).getBytes(UTF_8);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("only what holds an Any cannot be printed", e);
    }
  }

  /** The raw address says more only of whom no other name is known. */
  private static Stream<String> names(Peer peer) {
    List<String> known =
        Stream.of(peer.getPhoneNumber(), peer.getLid()).filter(name -> !name.isEmpty()).toList();
    return known.isEmpty() ? Stream.of(peer.getJid()) : known.stream();
  }
}
