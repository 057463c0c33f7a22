package dev.switchboard.whatsapp;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.connector.RecordChange;
import dev.switchboard.connector.RecordKey;
import dev.switchboard.connector.RecordKind;
import dev.switchboard.model.Peer;
import dev.switchboard.testing.Eventually;
import dev.switchboard.whatsapp.records.DeviceListRecord;
import java.util.ArrayList;
import java.util.List;

/** The lists of devices that an account of the engine has stored. */
final class StoredDeviceLists {
  private static final int ALL = 100;

  private final MemoryRecords records;

  StoredDeviceLists(EngineDriver driver) {
    this.records = driver.host.records;
  }

  /** What makes them what they are now. */
  List<RecordChange> copy() {
    List<RecordChange> lists = new ArrayList<>();
    records
        .readAfter(RecordKind.DEVICE_LIST, "", ALL)
        .forEach((name, value) ->
            lists.add(new RecordChange.Put(new RecordKey(RecordKind.DEVICE_LIST, name), value)));
    return lists;
  }

  /** Waits until the server's word of a change has arrived: the list does not count any more. */
  void awaitOutdated(Peer person) throws InterruptedException {
    String name = person.knownPhoneNumber().orElseThrow().digits() + "@s.whatsapp.net";
    Eventually.until("the list is out of date", () -> fetchedAt(name) == 0);
  }

  private long fetchedAt(String name) {
    try {
      byte[] list = records.readAfter(RecordKind.DEVICE_LIST, "", ALL).get(name);
      return list == null ? 0 : DeviceListRecord.parseFrom(list).getFetchedAt();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
