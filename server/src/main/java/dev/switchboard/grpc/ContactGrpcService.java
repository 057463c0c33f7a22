package dev.switchboard.grpc;

import dev.switchboard.api.v1.ContactServiceGrpc.ContactServiceImplBase;
import dev.switchboard.api.v1.GetContactRequest;
import dev.switchboard.api.v1.GetContactResponse;
import dev.switchboard.api.v1.ListContactsRequest;
import dev.switchboard.api.v1.ListContactsResponse;
import dev.switchboard.api.v1.Subscribed;
import dev.switchboard.api.v1.WatchContactsRequest;
import dev.switchboard.api.v1.WatchContactsResponse;
import dev.switchboard.contact.ContactBatch;
import dev.switchboard.contact.ContactEvent;
import dev.switchboard.contact.ContactPage;
import dev.switchboard.contact.Contacts;
import dev.switchboard.contract.ContactMapper;
import dev.switchboard.contract.PageToken;
import dev.switchboard.contract.PeerMapper;
import dev.switchboard.grpc.call.Caller;
import dev.switchboard.grpc.call.EventStream;
import dev.switchboard.grpc.call.Pages;
import dev.switchboard.grpc.call.Unary;
import dev.switchboard.inbox.Subscription;
import dev.switchboard.instance.Instances;
import dev.switchboard.model.AccountKey;
import dev.switchboard.model.Peer;
import io.grpc.stub.StreamObserver;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Contacts over gRPC. */
public final class ContactGrpcService extends ContactServiceImplBase {
  private static final String LIST = "contacts";

  private final Instances instances;
  private final Contacts contacts;

  public ContactGrpcService(Instances instances, Contacts contacts) {
    this.instances = instances;
    this.contacts = contacts;
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
    Subscription<ContactBatch> batches = contacts.watch(filter(caller, request.getInstanceId()));
    EventStream.serve(
        answer,
        batches,
        stream -> {
          stream.write(
              WatchContactsResponse.newBuilder()
                  .setSubscribed(Subscribed.getDefaultInstance())
                  .build());
          stream.forward(
              batches,
              caller,
              batch -> {
                for (ContactEvent event : batch.events()) {
                  stream.write(told(event));
                }
                return true;
              });
        });
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

  private Predicate<AccountKey> filter(Caller caller, String instanceId) {
    return instanceId.isEmpty()
        ? account -> account.tenant().equals(caller.tenant())
        : found(instanceId)::equals;
  }

  /** The caller's own instance, which must exist. */
  private AccountKey found(String instanceId) {
    return instances.find(Caller.current().account(instanceId)).key();
  }

  private static WatchContactsResponse told(ContactEvent event) {
    var told = dev.switchboard.api.v1.ContactEvent.newBuilder();
    switch (event) {
      case ContactEvent.Merged merged ->
          told.setMerged(ContactMapper.merged(merged.contact(), merged.former()));
      case ContactEvent.IdentityChanged changed ->
          told.setIdentityChanged(ContactMapper.identityChanged(changed.contact()));
      case ContactEvent.Updated updated ->
          told.setUpdated(ContactMapper.updated(updated.contact()));
    }
    return WatchContactsResponse.newBuilder().setEvent(told).build();
  }
}
