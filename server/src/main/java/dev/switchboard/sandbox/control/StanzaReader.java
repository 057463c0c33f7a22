package dev.switchboard.sandbox.control;

import dev.switchboard.api.sandbox.v1.GetStanzaDigestRequest;
import dev.switchboard.api.sandbox.v1.GetStanzaDigestResponse;
import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.ListStanzasResponse;
import dev.switchboard.api.sandbox.v1.Stanza;
import dev.switchboard.api.sandbox.v1.StanzaDirection;
import dev.switchboard.api.sandbox.v1.StanzaNode;
import dev.switchboard.sandbox.fault.Aim;
import dev.switchboard.sandbox.log.Direction;
import dev.switchboard.sandbox.log.LoggedStanza;
import dev.switchboard.sandbox.log.MaskedNode;
import dev.switchboard.sandbox.log.StanzaLog;
import dev.switchboard.sandbox.network.Network;
import java.util.function.Predicate;

/** Shows what was said on the network. */
public final class StanzaReader {
  private final StanzaLog log;
  private final Network network;

  public StanzaReader(StanzaLog log, Network network) {
    this.log = log;
    this.network = network;
  }

  ListStanzasResponse list(ListStanzasRequest request) {
    Aim aim =
        Directory.aim(network, request.hasPerson(), request.getPerson(), request.getDeviceId());
    long after = Requests.sequence(request.getPageToken());
    Predicate<LoggedStanza> wanted =
        stanza -> aim.covers(stanza.device()) && goes(stanza, request.getDirection());
    Requests.Page<LoggedStanza> page =
        Requests.page(request.getPageSize(), limit -> log.after(after, wanted, limit));
    ListStanzasResponse.Builder answer = ListStanzasResponse.newBuilder();
    page.items().forEach(stanza -> answer.addStanzas(describe(stanza)));
    if (page.more()) {
      answer.setNextPageToken(Long.toString(page.items().getLast().sequence()));
    }
    return answer.build();
  }

  GetStanzaDigestResponse digest(GetStanzaDigestRequest request) {
    Aim aim =
        Directory.aim(network, request.hasPerson(), request.getPerson(), request.getDeviceId());
    StanzaLog.Digest digest = log.digest(aim::covers);
    return GetStanzaDigestResponse.newBuilder()
        .setDigest(digest.hex())
        .setStanzaCount(digest.count())
        .build();
  }

  private static boolean goes(LoggedStanza stanza, StanzaDirection wanted) {
    return wanted == StanzaDirection.STANZA_DIRECTION_UNSPECIFIED
        || wanted == direction(stanza.direction());
  }

  private static Stanza describe(LoggedStanza stanza) {
    String account = stanza.device().account();
    return Stanza.newBuilder()
        .setSequence(stanza.sequence())
        .setPhoneNumber(account.isEmpty() ? "" : "+" + account)
        .setDeviceId(stanza.device().device())
        .setDirection(direction(stanza.direction()))
        .setNode(describe(stanza.stanza()))
        .setLost(stanza.lost())
        .build();
  }

  private static StanzaNode describe(MaskedNode node) {
    return StanzaNode.newBuilder()
        .setTag(node.tag())
        .putAllAttributes(node.attributes())
        .setText(node.text())
        .addAllChildren(node.children().stream().map(StanzaReader::describe).toList())
        .setTimes(node.times())
        .build();
  }

  private static StanzaDirection direction(Direction direction) {
    return switch (direction) {
      case TO_CLIENT -> StanzaDirection.STANZA_DIRECTION_TO_CLIENT;
      case FROM_CLIENT -> StanzaDirection.STANZA_DIRECTION_FROM_CLIENT;
    };
  }
}
