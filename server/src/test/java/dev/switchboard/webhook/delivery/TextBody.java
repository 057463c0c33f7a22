package dev.switchboard.webhook.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.switchboard.event.Event;
import dev.switchboard.webhook.EventBody;
import dev.switchboard.webhook.WebhookKey;
import java.time.Instant;
import java.util.List;

/** Events whose content is a chat and a number: {@code alice:7}. */
final class TextBody implements EventBody {
  static String chat(String text) {
    return text.substring(0, text.indexOf(':'));
  }

  static int number(String text) {
    return Integer.parseInt(text.substring(text.indexOf(':') + 1));
  }

  @Override
  public Subject subject(Event event) {
    String text = new String(event.content(), UTF_8);
    return new Subject(id(event.account().instance() + ":" + text), List.of(chat(text)));
  }

  static String id(String text) {
    return text.replace(':', '-');
  }

  @Override
  public byte[] json(Event event, boolean replay) {
    String content = new String(event.content(), UTF_8);
    var _ = chat(content); // What cannot be read cannot be written either.
    String text = event.account().instance() + ":" + content;
    return (replay ? text + " again" : text).getBytes(UTF_8);
  }

  @Override
  public byte[] test(WebhookKey webhook, String id, Instant now) {
    return "test".getBytes(UTF_8);
  }
}
