package dev.switchboard.whatsapp.appstate.codec;

import com.google.protobuf.ByteString;
import dev.switchboard.whatsapp.proto.SyncActionData;
import dev.switchboard.whatsapp.proto.SyncdMutation.SyncdOperation;

/**
 * One change of a collection, read and verified.
 *
 * @param indexMac names the record: 32 bytes
 * @param valueMac what it adds to the collection's hash: 32 bytes
 * @param data what is set, or what the removed record was
 */
public record Mutation(
    SyncdOperation operation, ByteString indexMac, ByteString valueMac, SyncActionData data) {

  public boolean removes() {
    return operation == SyncdOperation.REMOVE;
  }

  /** Hides what it says: names, chats, numbers. */
  @Override
  public String toString() {
    return "Mutation[" + operation + "]";
  }
}
