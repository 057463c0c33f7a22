package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A collection's position and value MACs, in memory. */
public final class Contents implements Patch.Earlier {
  public final Map<ByteString, Mutation> records = new HashMap<>();
  public Position position = Position.start();

  public Patch.Result take(String name, byte[] patch, SyncKeys keys) {
    Patch.Result result = Patch.parse(name, patch).applyTo(position, this, keys);
    take(result);
    return result;
  }

  public void take(Patch.Result result) {
    position = result.after();
    take(result.mutations());
  }

  private void take(List<Mutation> mutations) {
    for (Mutation mutation : mutations) {
      if (mutation.removes()) {
        records.remove(mutation.indexMac());
      } else {
        records.put(mutation.indexMac(), mutation);
      }
    }
  }

  @Override
  public Optional<ByteString> valueMac(ByteString indexMac) {
    return Optional.ofNullable(records.get(indexMac)).map(Mutation::valueMac);
  }
}
