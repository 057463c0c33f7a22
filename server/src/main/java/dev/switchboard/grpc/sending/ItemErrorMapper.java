package dev.switchboard.grpc.sending;

import dev.switchboard.api.v1.ErrorReason;
import dev.switchboard.api.v1.ItemError;
import dev.switchboard.model.GatewayException;

/** Why one of several things was not done. */
public final class ItemErrorMapper {
  private ItemErrorMapper() {}

  public static ItemError toContract(GatewayException refusal) {
    String detail = refusal.getMessage();
    return ItemError.newBuilder()
        .setReason(ErrorReason.valueOf("ERROR_REASON_" + refusal.reason().name()))
        .setDetail(detail == null ? "" : detail)
        .setField(refusal.field().orElse(""))
        .build();
  }
}
