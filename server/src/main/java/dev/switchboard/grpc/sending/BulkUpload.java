package dev.switchboard.grpc.sending;

import dev.switchboard.api.v1.BulkItem;
import dev.switchboard.api.v1.BulkResult;
import dev.switchboard.api.v1.GetBulkResponse;
import dev.switchboard.api.v1.StatusCount;
import dev.switchboard.contract.MessageMapper;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.SendMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.grpc.call.FieldRules;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.Instance;
import dev.switchboard.model.message.MessageStatus;
import dev.switchboard.model.message.Request;
import dev.switchboard.outbox.Bulks;
import dev.switchboard.outbox.Order;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The messages of one bulk, in order: accepted group by group, each with a request of its own that
 * follows from the bulk and its place, so that a repeat of the bulk is known message by message.
 */
public final class BulkUpload {
  /** How many messages a bulk has at most. */
  public static final int LIMIT = 10_000;

  private static final FieldRules RULES = new FieldRules(List.of(BulkItem.getDescriptor()));

  private final Bulks bulks;
  private final Instance instance;
  private final String bulk;
  private final List<BulkResult> results = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private int index;

  /**
   * @param first the place in the bulk of the first message that is added
   */
  public BulkUpload(Bulks bulks, Instance instance, String bulk, int first) {
    this.bulks = bulks;
    this.instance = instance;
    this.bulk = bulk;
    this.index = first;
  }

  /** Adds a message; one that breaks a rule is refused by itself. */
  public void add(BulkItem item) throws InterruptedException {
    if (index >= LIMIT) {
      throw GatewayException.invalidField("items", "must not be more than " + LIMIT + " in a bulk");
    }
    int place = results.size();
    results.add(BulkResult.getDefaultInstance());
    try {
      orders.add(order(item));
      places.add(place);
    } catch (GatewayException e) {
      results.set(place, refused(e));
    }
    index++;
    if (orders.size() == Bulks.GROUP) {
      flush();
    }
  }

  /** What became of each message, in the order in which they were added. */
  public List<BulkResult> finish() throws InterruptedException {
    flush();
    return results;
  }

  /**
   * How far a bulk is.
   *
   * @throws GatewayException BULK_NOT_FOUND when none of its messages was accepted
   */
  public static GetBulkResponse progress(Map<MessageStatus, Integer> counts) {
    if (counts.isEmpty()) {
      throw new GatewayException(
          Reason.BULK_NOT_FOUND, "the instance accepted no message of this bulk");
    }
    var progress = GetBulkResponse.newBuilder();
    new TreeMap<>(counts)
        .forEach((status, count) ->
            progress.addCounts(
                StatusCount.newBuilder()
                    .setStatus(MessageMapper.toContract(status))
                    .setCount(count)));
    return progress.build();
  }

  private void flush() throws InterruptedException {
    List<Bulks.Result> taken = bulks.accept(instance, orders);
    for (int i = 0; i < taken.size(); i++) {
      results.set(places.get(i), toContract(taken.get(i)));
    }
    orders.clear();
    places.clear();
  }

  private Order order(BulkItem item) {
    RULES.requireItem(item);
    return new Order(
        PeerMapper.toModel(item.getTo(), "to"),
        MessageMapper.content(item),
        SendMapper.options(item, bulk, instance),
        new Request(requestId(), digest(item)));
  }

  /** The same item for another instance is another request. */
  private byte[] digest(BulkItem item) {
    byte[] to = (instance.key().instance().value() + "\n").getBytes(StandardCharsets.UTF_8);
    return Digests.sha256(to, item.toByteArray());
  }

  private String requestId() {
    byte[] name = (bulk + "/" + index).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(name).toString();
  }

  private static BulkResult toContract(Bulks.Result result) {
    return switch (result) {
      case Bulks.Result.Taken taken ->
          BulkResult.newBuilder()
              .setMessageId(taken.answer().id().value())
              .setAcceptTime(Times.toContract(taken.answer().at()))
              .build();
      case Bulks.Result.Refused refused -> refused(refused.why());
    };
  }

  private static BulkResult refused(GatewayException why) {
    return BulkResult.newBuilder().setError(ItemErrorMapper.toContract(why)).build();
  }
}
