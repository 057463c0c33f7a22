package dev.switchboard.grpc.webhook;

import dev.switchboard.grpc.call.RequestLedger.Work;
import dev.switchboard.model.GatewayException;

/** Names fields by their paths in a request, where the core knows them by their own names. */
final class RequestFields {
  private RequestFields() {}

  /** Does the work; a field that it refuses lies within this one of the request. */
  static <R> R of(String parent, Work<R> work) throws InterruptedException {
    try {
      return work.run();
    } catch (GatewayException e) {
      throw e.field().isPresent() ? within(parent, e.field().get(), e) : e;
    }
  }

  private static GatewayException within(String parent, String field, GatewayException refusal) {
    String text = refusal.getMessage() == null ? "" : refusal.getMessage();
    String rule = text.startsWith(field) ? text.substring(field.length()).strip() : text;
    return GatewayException.invalidField(parent + "." + field, rule);
  }
}
