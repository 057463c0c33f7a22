package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.GetPresenceRequest;
import dev.switchboard.api.v1.GetPresenceResponse;
import dev.switchboard.api.v1.ListPresenceSubscriptionsRequest;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.Presence;
import dev.switchboard.api.v1.SetPresenceRequest;
import dev.switchboard.api.v1.SubscribePresenceRequest;
import dev.switchboard.api.v1.UnsubscribePresenceRequest;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Lid;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PresencesTest extends ApiTest {
  private static final AccountKey DESK = new AccountKey(TenantId.DEFAULT, new InstanceId("desk"));
  private static final Peer BOB = Peer.newBuilder().setPhoneNumber("+15550002000").build();

  @Test
  void isOfflineUntilACallerWantsOtherwise() throws Exception {
    createLinked("desk");
    assertThat(get().getPresence()).isEqualTo(Presence.PRESENCE_OFFLINE);
    set(Presence.PRESENCE_ONLINE);
    assertThat(get().getPresence()).isEqualTo(Presence.PRESENCE_ONLINE);
    assertThat(reason(() -> set(Presence.PRESENCE_UNSPECIFIED)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void subscribesOnlyWhileItIsOnlineAndStaysSubscribed() throws Exception {
    createLinked("desk");
    assertThat(reason(() -> subscribe(BOB))).isEqualTo("FAILED_PRECONDITION PRESENCE_OFFLINE");
    set(Presence.PRESENCE_ONLINE);
    subscribe(BOB);
    set(Presence.PRESENCE_OFFLINE);
    assertThat(get().getSubscriptionCount()).isEqualTo(1);
  }

  @Test
  void knowsAPersonUnderEveryName() throws Exception {
    createLinked("desk");
    set(Presence.PRESENCE_ONLINE);
    subscribe(BOB);
    var both =
        new dev.switchboard.model.Peer(new PhoneNumber("15550002000"), new Lid("200000000002000"));
    gateway.contacts.merged(DESK, List.of(both), false, List.of());

    Peer hidden = Peer.newBuilder().setLid("200000000002000").build();
    assertThat(subscribe(hidden).getPhoneNumber()).isEqualTo("+15550002000");
    assertThat(get().getSubscriptionCount()).isEqualTo(1);
    unsubscribe(hidden);
    assertThat(get().getSubscriptionCount()).isZero();
  }

  @Test
  void subscribesToSoManyAndNoMore() throws Exception {
    createLinked("desk");
    set(Presence.PRESENCE_ONLINE);
    for (int i = 0; i < TestGateway.PRESENCES; i++) {
      subscribe(person(i));
    }
    assertThat(reason(() -> subscribe(BOB))).isEqualTo("RESOURCE_EXHAUSTED TOO_MANY_PRESENCES");
    subscribe(person(0));
    unsubscribe(person(0));
    subscribe(BOB);
    assertThat(get().getSubscriptionCount()).isEqualTo(TestGateway.PRESENCES);
  }

  @Test
  void pagesThroughSubscriptions() throws Exception {
    createLinked("desk");
    set(Presence.PRESENCE_ONLINE);
    for (int i = 0; i < 3; i++) {
      subscribe(person(i));
    }
    List<String> listed = new ArrayList<>();
    var request =
        ListPresenceSubscriptionsRequest.newBuilder().setInstanceId("desk").setPageSize(2);
    do {
      var page = administrator.presences().listPresenceSubscriptions(request.build());
      assertThat(page.getPeersCount()).isBetween(1, 2);
      page.getPeersList().forEach(peer -> listed.add(peer.getPhoneNumber()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(listed).containsExactlyInAnyOrder("+15550003000", "+15550003001", "+15550003002");
    var foreign = request.clone().setPageToken("bWVzc2FnZXN8MQ").build();
    assertThat(reason(() -> administrator.presences().listPresenceSubscriptions(foreign)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void refusesWhatMakesNoSense() throws Exception {
    create("desk");
    assertThat(reason(() -> set(Presence.PRESENCE_ONLINE)))
        .isEqualTo("FAILED_PRECONDITION INSTANCE_NOT_LINKED");
    createLinked("other");
    Peer own = Peer.newBuilder().setPhoneNumber("+15550001111").build();
    var request = SubscribePresenceRequest.newBuilder().setInstanceId("other").setPeer(own).build();
    assertThat(reason(() -> administrator.presences().subscribePresence(request)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    Peer group = Peer.newBuilder().setJid("1@g.us").build();
    assertThat(reason(() -> subscribe(group))).isEqualTo("UNIMPLEMENTED CAPABILITY_UNSUPPORTED");
    var unknown = GetPresenceRequest.newBuilder().setInstanceId("none").build();
    assertThat(reason(() -> administrator.presences().getPresence(unknown)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void needsAnOperatorAndTheOwnTenant() throws Exception {
    createLinked("desk");
    var request =
        SetPresenceRequest.newBuilder()
            .setInstanceId("desk")
            .setPresence(Presence.PRESENCE_ONLINE)
            .build();
    assertThat(reason(() -> client(TenantId.DEFAULT, Role.READER).presences().setPresence(request)))
        .isEqualTo("PERMISSION_DENIED PERMISSION_DENIED");
    assertThat(
            reason(() -> client(TestGateway.OTHER, Role.OPERATOR).presences().setPresence(request)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  @Test
  void aRepeatChangesNothing() throws Exception {
    createLinked("desk");
    set(Presence.PRESENCE_ONLINE);
    var request =
        SubscribePresenceRequest.newBuilder()
            .setInstanceId("desk")
            .setPeer(BOB)
            .setRequestId(UUID.randomUUID().toString());
    var first = administrator.presences().subscribePresence(request.build());
    unsubscribe(BOB);
    assertThat(administrator.presences().subscribePresence(request.build())).isEqualTo(first);
    assertThat(get().getSubscriptionCount()).isZero();
    var another = request.clone().setPeer(person(1)).build();
    assertThat(reason(() -> administrator.presences().subscribePresence(another)))
        .isEqualTo("ALREADY_EXISTS REQUEST_ID_REUSED");
  }

  private GetPresenceResponse get() throws Exception {
    return administrator
        .presences()
        .getPresence(GetPresenceRequest.newBuilder().setInstanceId("desk").build());
  }

  private void set(Presence presence) throws Exception {
    var _ =
        administrator
            .presences()
            .setPresence(
                SetPresenceRequest.newBuilder()
                    .setInstanceId("desk")
                    .setPresence(presence)
                    .build());
  }

  private Peer subscribe(Peer person) throws Exception {
    return administrator
        .presences()
        .subscribePresence(
            SubscribePresenceRequest.newBuilder().setInstanceId("desk").setPeer(person).build())
        .getPeer();
  }

  private void unsubscribe(Peer person) throws Exception {
    var _ =
        administrator
            .presences()
            .unsubscribePresence(
                UnsubscribePresenceRequest.newBuilder()
                    .setInstanceId("desk")
                    .setPeer(person)
                    .build());
  }

  private static Peer person(int number) {
    return Peer.newBuilder().setPhoneNumber("+1555000300" + number).build();
  }
}
