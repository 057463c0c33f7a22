package dev.switchboard.sandbox.device;

import dev.switchboard.sandbox.account.Jids;
import dev.switchboard.sandbox.account.ParticipantHash;
import dev.switchboard.sandbox.record.AccountRecord;
import dev.switchboard.sandbox.record.DeviceRecord;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.NodeBuilder;
import java.time.Instant;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The devices of an account at a moment. */
public record DeviceList(AccountRecord account, List<DeviceRecord> companions, Instant at) {
  /** The phone and the companions, as answers to requests name them. */
  public List<Node> devices() {
    return ids()
        .mapToObj(id -> named(Node.builder("device").attribute("id", id), id).build())
        .toList();
  }

  /** The phone and the companions, by their JIDs. */
  List<Node> jids() {
    return ids().mapToObj(this::device).toList();
  }

  /** One device, by both of its JIDs. */
  Node device(int id) {
    return named(
            Node.builder("device")
                .attribute("jid", Jids.byNumber(account, id))
                .attribute("lid", Jids.hidden(account, id)),
            id)
        .build();
  }

  String hash() {
    return hash(id -> Jids.byNumber(account, id));
  }

  String hiddenHash() {
    return hash(id -> Jids.hidden(account, id));
  }

  private String hash(IntFunction<Jid> jid) {
    return ParticipantHash.of(ids().mapToObj(jid).toList());
  }

  private IntStream ids() {
    return IntStream.concat(IntStream.of(0), companions.stream().mapToInt(DeviceRecord::getId));
  }

  private static NodeBuilder named(NodeBuilder device, int id) {
    return id == 0 ? device : device.attribute("key-index", id);
  }
}
