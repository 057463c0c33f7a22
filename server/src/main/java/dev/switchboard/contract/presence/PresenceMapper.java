package dev.switchboard.contract.presence;

import dev.switchboard.api.v1.LastSeenAbsence;
import dev.switchboard.api.v1.PresenceChanged;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.contract.Times;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.Presence;

/** Who is online. */
public final class PresenceMapper {
  private PresenceMapper() {}

  public static PresenceChanged changed(Peer chat, Presence presence) {
    var changed = PresenceChanged.newBuilder().setChat(PeerMapper.toContract(chat));
    switch (presence) {
      case Presence.Online _ -> changed.setPresence(toContract(true));
      case Presence.Offline offline -> {
        changed.setPresence(toContract(false));
        if (offline.lastSeen() == null) {
          changed.setLastSeenAbsence(absence(offline));
        } else {
          changed.setLastSeenTime(Times.toContract(offline.lastSeen()));
        }
      }
    }
    return changed.build();
  }

  private static LastSeenAbsence absence(Presence.Offline offline) {
    return offline.hidden()
        ? LastSeenAbsence.LAST_SEEN_ABSENCE_HIDDEN
        : LastSeenAbsence.LAST_SEEN_ABSENCE_NOT_TOLD;
  }

  public static dev.switchboard.api.v1.Presence toContract(boolean online) {
    return online
        ? dev.switchboard.api.v1.Presence.PRESENCE_ONLINE
        : dev.switchboard.api.v1.Presence.PRESENCE_OFFLINE;
  }

  /** Whether the account is to be seen online; unspecified and unknown values are refused. */
  public static boolean toModel(dev.switchboard.api.v1.Presence presence) {
    return switch (presence) {
      case PRESENCE_ONLINE -> true;
      case PRESENCE_OFFLINE -> false;
      case PRESENCE_UNSPECIFIED, UNRECOGNIZED ->
          throw GatewayException.invalidField("presence", "must be a known value");
    };
  }
}
