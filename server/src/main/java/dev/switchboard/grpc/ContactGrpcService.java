package dev.switchboard.grpc;

import dev.switchboard.api.v1.ContactServiceGrpc.ContactServiceImplBase;
import dev.switchboard.api.v1.GetContactRequest;
import dev.switchboard.api.v1.GetContactResponse;
import dev.switchboard.api.v1.ListContactsRequest;
import dev.switchboard.api.v1.ListContactsResponse;
import dev.switchboard.api.v1.WatchContactsRequest;
import dev.switchboard.api.v1.WatchContactsResponse;
import dev.switchboard.contact.ContactPage;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contract.ContactMapper;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.grpc.event.ContactView;
import dev.switchboard.grpc.event.EventViews;
import dev.switchboard.instance.Instances;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/** Contacts over gRPC. */
public final class ContactGrpcService extends ContactServiceImplBase {
  private static final String LIST = "contacts";

  private final Instances instances;
  private final Contacts contacts;
  private final EventViews views;

  public ContactGrpcService(Instances instances, Contacts contacts, EventViews views) {
    this.instances = instances;
    this.contacts = contacts;
    this.views = views;
  }

  @Override
  public void getContact(GetContactRequest request, StreamObserver<GetContactResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Peer peer = PeerMapper.toModel(request.getPeer(), "peer");
    Unary.answer(
        answer,
        () ->
            GetContactResponse.newBuilder()
                .setContact(ContactMapper.toContract(contacts.find(account, peer)))
                .build());
  }

  @Override
  public void listContacts(
      ListContactsRequest request, StreamObserver<ListContactsResponse> answer) {
    AccountKey account = found(request.getInstanceId());
    Long after = PageToken.decodeNumber(LIST, request.getPageToken());
    int size = Pages.size(request.getPageSize());
    Unary.answer(answer, () -> page(account, after, size));
  }

  @Override
  public void watchContacts(
      WatchContactsRequest request, StreamObserver<WatchContactsResponse> answer) {
    Caller caller = Caller.current();
    String id = request.getInstanceId();
    if (!id.isEmpty()) {
      var _ = found(id);
    }
    views.serve(caller, id, request.getCursor(), new ContactView(), answer);
  }

  private ListContactsResponse page(AccountKey account, @Nullable Long after, int size) {
    ContactPage page = contacts.list(account, after, size);
    var answer =
        ListContactsResponse.newBuilder()
            .addAllContacts(page.contacts().stream().map(ContactMapper::toContract).toList());
    if (page.next() != null) {
      answer.setNextPageToken(new PageToken(LIST, page.next().toString()).encode());
    }
    return answer.build();
  }

  /** The caller's own instance, which must exist. */
  private AccountKey found(String instanceId) {
    return instances.find(Caller.current().account(instanceId)).key();
  }
}
