package dev.switchboard.sandbox.phone.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import dev.switchboard.sandbox.state.Table;
import dev.switchboard.whatsapp.signal.SignalChange;
import dev.switchboard.whatsapp.signal.SignalRecordKey;
import dev.switchboard.whatsapp.signal.SignalStore;
import java.util.List;
import java.util.Optional;

/** The Signal records of one phone. */
public record PhoneRecords(Table<BytesValue> table, String account) implements SignalStore {
  @Override
  public Optional<byte[]> read(SignalRecordKey key) {
    return table.find(path(key)).map(value -> value.getValue().toByteArray());
  }

  void apply(List<SignalChange> changes) {
    changes.forEach(this::apply);
  }

  public void apply(SignalChange change) {
    switch (change) {
      case SignalChange.Put(var key, var value) ->
          table.put(path(key), BytesValue.of(ByteString.copyFrom(value)));
      case SignalChange.Remove(var key) -> table.remove(path(key));
    }
  }

  private String path(SignalRecordKey key) {
    return account + "/" + key.kind() + "/" + key.name();
  }
}
