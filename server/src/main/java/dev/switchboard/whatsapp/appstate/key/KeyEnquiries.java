package dev.switchboard.whatsapp.appstate.key;

import com.google.protobuf.ByteString;
import dev.switchboard.connector.AccountRecords;
import dev.switchboard.whatsapp.appstate.codec.SyncKey;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyId;
import dev.switchboard.whatsapp.proto.Message.AppStateSyncKeyRequest;
import dev.switchboard.whatsapp.proto.Message.ProtocolMessage;
import dev.switchboard.whatsapp.session.RequestRefused;
import dev.switchboard.whatsapp.wire.WireException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the own phone for keys that are missing. */
public final class KeyEnquiries {
  private static final Logger log = LoggerFactory.getLogger(KeyEnquiries.class);

  private final AccountRecords records;
  private final PhoneLine phone;
  private final KeyRequests requests;

  public KeyEnquiries(AccountRecords records, PhoneLine phone, KeyRequests.Limits limits) {
    this.records = records;
    this.phone = phone;
    this.requests = new KeyRequests(records, limits);
  }

  /** Asks for those of the keys that it may be asked for now. */
  public void ask(Set<ByteString> missing, Instant now) throws InterruptedException {
    List<ByteString> ids = requests.due(missing, now);
    if (ids.isEmpty()) {
      return;
    }
    log.info("{} keys of the app state are missing, the phone is asked", ids.size());
    if (!ask(ids)) {
      log.warn("the own phone cannot be asked for keys");
    }
  }

  /** Asks for the key that was shared last; returns whether the question was written. */
  public boolean askForKnown() throws InterruptedException {
    Optional<SyncKey> known = new KeyRing(records).newest();
    return known.isPresent() && ask(List.of(known.get().id()));
  }

  private boolean ask(List<ByteString> ids) throws InterruptedException {
    AppStateSyncKeyRequest.Builder request = AppStateSyncKeyRequest.newBuilder();
    ids.forEach(id -> request.addKeyIds(AppStateSyncKeyId.newBuilder().setKeyId(id)));
    ProtocolMessage message =
        ProtocolMessage.newBuilder()
            .setType(ProtocolMessage.Type.APP_STATE_SYNC_KEY_REQUEST)
            .setAppStateSyncKeyRequest(request)
            .build();
    try {
      return phone.say(message);
    } catch (RequestRefused | WireException e) {
      log.warn("the server has no keys of the own phone: {}", e.getMessage());
      return false;
    }
  }
}
