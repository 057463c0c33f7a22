package dev.switchboard.grpc;

import static dev.switchboard.grpc.ApiClient.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.access.Role;
import dev.switchboard.api.v1.Contact;
import dev.switchboard.api.v1.GetContactRequest;
import dev.switchboard.api.v1.ListContactsRequest;
import dev.switchboard.api.v1.Peer;
import dev.switchboard.api.v1.WatchContactsRequest;
import dev.switchboard.api.v1.WatchContactsResponse;
import dev.switchboard.api.v1.WatchContactsResponse.StepCase;
import dev.switchboard.connector.NamedPeer;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.Lid;
import dev.switchboard.model.PhoneNumber;
import dev.switchboard.model.TenantId;
import dev.switchboard.model.contact.ContactNames;
import io.grpc.stub.BlockingClientCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContactsTest extends ApiTest {
  private static final AccountKey DESK = new AccountKey(TenantId.DEFAULT, new InstanceId("desk"));
  private static final dev.switchboard.model.Peer BOB =
      new dev.switchboard.model.Peer(new PhoneNumber("15550002000"), new Lid("200000000002000"));

  @Test
  void findsAPersonByAnyAliasAndTellsAllOfThem() throws Exception {
    create("desk");
    name(BOB, new ContactNames("Bo", "Bob Builder", "Bob", "Bob's"));
    for (Peer alias :
        List.of(
            Peer.newBuilder().setPhoneNumber("+15550002000").build(),
            Peer.newBuilder().setLid("200000000002000").build(),
            Peer.newBuilder().setJid("200000000002000:3@lid").build())) {
      Contact found = get("desk", alias);
      assertThat(found.getInstanceId()).isEqualTo("desk");
      assertThat(found.getPeer().getPhoneNumber()).isEqualTo("+15550002000");
      assertThat(found.getPeer().getLid()).isEqualTo("200000000002000");
      assertThat(found.getPushName()).isEqualTo("Bo");
      assertThat(found.getFullName()).isEqualTo("Bob Builder");
      assertThat(found.getFirstName()).isEqualTo("Bob");
      assertThat(found.getVerifiedName()).isEqualTo("Bob's");
      assertThat(found.hasIdentityChangeTime()).isFalse();
    }
  }

  @Test
  void refusesWhoIsNotKnownAndWhoIsNoPerson() throws Exception {
    create("desk");
    Peer stranger = Peer.newBuilder().setLid("1").build();
    assertThat(reason(() -> get("desk", stranger))).isEqualTo("NOT_FOUND CONTACT_NOT_FOUND");
    assertThat(reason(() -> get("none", stranger))).isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
    assertThat(reason(() -> get("desk", Peer.newBuilder().setJid("1@g.us").build())))
        .isEqualTo("UNIMPLEMENTED CAPABILITY_UNSUPPORTED");
    assertThat(reason(() -> get("desk", Peer.getDefaultInstance())))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void showsNothingToAnotherTenant() throws Exception {
    create("desk");
    name(BOB, ContactNames.ofPush("Bo"));
    var request =
        GetContactRequest.newBuilder()
            .setInstanceId("desk")
            .setPeer(Peer.newBuilder().setPhoneNumber("+15550002000"))
            .build();
    var other = client(TestGateway.OTHER, Role.ADMINISTRATOR);
    assertThat(reason(() -> other.contacts().getContact(request)))
        .isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
    assertThat(
            client(TenantId.DEFAULT, Role.READER)
                .contacts()
                .getContact(request)
                .getContact()
                .getPushName())
        .isEqualTo("Bo");
  }

  @Test
  void pagesThroughAllContacts() throws Exception {
    create("desk");
    for (int i = 0; i < 5; i++) {
      name(dev.switchboard.model.Peer.of(new Lid("10" + i)), ContactNames.ofPush("n" + i));
    }
    List<String> names = new ArrayList<>();
    var request = ListContactsRequest.newBuilder().setInstanceId("desk").setPageSize(2);
    do {
      var page = administrator.contacts().listContacts(request.build());
      assertThat(page.getContactsCount()).isLessThanOrEqualTo(2);
      page.getContactsList().forEach(contact -> names.add(contact.getPushName()));
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(names).containsExactly("n0", "n1", "n2", "n3", "n4");
    var tooMany = request.clone().setPageSize(501).build();
    assertThat(reason(() -> administrator.contacts().listContacts(tooMany)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
    var foreign = request.clone().setPageToken("bWVzc2FnZXN8MQ").build();
    assertThat(reason(() -> administrator.contacts().listContacts(foreign)))
        .isEqualTo("INVALID_ARGUMENT INVALID_FIELD");
  }

  @Test
  void tellsMergesIdentitiesAndNamesOnceEachInOrder() throws Exception {
    create("desk");
    var watch = watch("desk");
    var byNumber = dev.switchboard.model.Peer.of(new PhoneNumber("15550002000"));
    gateway.contacts.named(
        DESK,
        List.of(
            new NamedPeer(byNumber, ContactNames.ofPush("Bo")),
            new NamedPeer(dev.switchboard.model.Peer.of(new Lid("7")), ContactNames.ofPush("Al"))),
        false,
        List.of());
    gateway.contacts.merged(DESK, List.of(BOB), false, List.of());
    Instant at = Instant.ofEpochSecond(1_700_000_000);
    gateway.contacts.identityChanged(DESK, BOB, at, List.of());

    assertThat(watch.read().getEvent().getUpdated().getContact().getPushName()).isEqualTo("Bo");
    assertThat(watch.read().getEvent().getUpdated().getContact().getPushName()).isEqualTo("Al");
    var merged = watch.read().getEvent().getMerged();
    assertThat(merged.getContact().getPeer().getLid()).isEqualTo("200000000002000");
    assertThat(merged.getFormerList())
        .extracting(Peer::getPhoneNumber)
        .containsExactly("+15550002000");
    assertThat(merged.getFormerList()).extracting(Peer::getLid).containsExactly("");
    var changed = watch.read().getEvent().getIdentityChanged().getContact();
    assertThat(changed.getIdentityChangeTime().getSeconds()).isEqualTo(1_700_000_000);
    watch.cancel("done", null);
  }

  @Test
  void tellsOnlyOfTheInstancesAskedForAndOfTheOwnTenant() throws Exception {
    create("desk");
    create("shop");
    var shop = watch("shop");
    var all = watch("");
    var other = client(TestGateway.OTHER, Role.READER);
    var foreign = other.contacts().watchContacts(WatchContactsRequest.getDefaultInstance());
    assertThat(foreign.read().hasSubscribed()).isTrue();
    name(BOB, ContactNames.ofPush("Bo"));
    var shopKey = new AccountKey(TenantId.DEFAULT, new InstanceId("shop"));
    gateway.contacts.named(
        shopKey, List.of(new NamedPeer(BOB, ContactNames.ofPush("Bo"))), false, List.of());
    var otherKey = new AccountKey(TestGateway.OTHER, new InstanceId("desk"));
    gateway.contacts.named(
        otherKey, List.of(new NamedPeer(BOB, ContactNames.ofPush("Else"))), false, List.of());

    assertThat(instance(shop.read())).isEqualTo("shop");
    assertThat(instance(all.read())).isEqualTo("desk");
    assertThat(instance(all.read())).isEqualTo("shop");
    assertThat(foreign.read().getEvent().getUpdated().getContact().getPushName()).isEqualTo("Else");
    for (var open : List.of(shop, all, foreign)) {
      open.cancel("done", null);
    }
    assertThat(reason(() -> watch("none"))).isEqualTo("NOT_FOUND INSTANCE_NOT_FOUND");
  }

  private static String instance(WatchContactsResponse told) {
    return told.getEvent().getUpdated().getContact().getInstanceId();
  }

  private BlockingClientCall<?, WatchContactsResponse> watch(String instance) throws Exception {
    BlockingClientCall<?, WatchContactsResponse> watch =
        administrator
            .contacts()
            .watchContacts(WatchContactsRequest.newBuilder().setInstanceId(instance).build());
    assertThat(watch.read().getStepCase()).isEqualTo(StepCase.SUBSCRIBED);
    return watch;
  }

  private void name(dev.switchboard.model.Peer peer, ContactNames names) {
    gateway.contacts.named(DESK, List.of(new NamedPeer(peer, names)), false, List.of());
  }

  private Contact get(String instance, Peer peer) throws Exception {
    var request = GetContactRequest.newBuilder().setInstanceId(instance).setPeer(peer).build();
    return administrator.contacts().getContact(request).getContact();
  }
}
