package dev.switchboard.interop;

import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.CreatePersonRequest;
import dev.switchboard.api.sandbox.v1.EnterCodeRequest;
import dev.switchboard.api.sandbox.v1.ListPeopleRequest;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.Person;
import dev.switchboard.api.sandbox.v1.PersonChatState;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.api.sandbox.v1.PhoneMessage;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc;
import dev.switchboard.api.sandbox.v1.SandboxServiceGrpc.SandboxServiceBlockingStub;
import dev.switchboard.api.sandbox.v1.SendAsPersonRequest;
import dev.switchboard.api.sandbox.v1.SetPersonPresenceRequest;
import dev.switchboard.api.sandbox.v1.TypeAsPersonRequest;
import dev.switchboard.testing.Typist;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The sandbox's control service, as a client of it sees it. */
final class SandboxControl implements AutoCloseable {
  private final ManagedChannel channel;
  private final SandboxServiceBlockingStub service;

  SandboxControl(int port) {
    channel =
        Grpc.newChannelBuilder("localhost:" + port, InsecureChannelCredentials.create()).build();
    service = SandboxServiceGrpc.newBlockingStub(channel);
  }

  Person create(String name, Behaviour behaviour) {
    return service
        .createPerson(
            CreatePersonRequest.newBuilder().setName(name).setBehaviour(behaviour).build())
        .getPerson();
  }

  /** The person with this account. */
  Person named(String account) {
    return service.listPeople(ListPeopleRequest.getDefaultInstance()).getPeopleList().stream()
        .filter(person -> account.equals(person.getPhoneNumber().substring(1) + "@s.whatsapp.net"))
        .findFirst()
        .orElseThrow();
  }

  /** Types the code on the person's phone; returns when the client is linked. */
  void enter(Person person, String code) {
    var request = EnterCodeRequest.newBuilder().setPerson(name(person)).setCode(code).build();
    Typist.type(() -> service.withDeadlineAfter(60, TimeUnit.SECONDS).enterCode(request));
  }

  void send(Person from, Person to, String text) {
    service.sendAsPerson(
        SendAsPersonRequest.newBuilder()
            .setPerson(name(from))
            .setTo(name(to))
            .setText(text)
            .build());
  }

  /** The person is online on the phone, or not any more. */
  void appear(Person person, boolean online, boolean hidesLastSeen) {
    service.setPersonPresence(
        SetPersonPresenceRequest.newBuilder()
            .setPerson(name(person))
            .setOnline(online)
            .setHidesLastSeen(hidesLastSeen)
            .build());
  }

  /** The person is seen typing, or doing something else, by another one. */
  void type(Person person, Person to, PersonChatState state) {
    service.typeAsPerson(
        TypeAsPersonRequest.newBuilder()
            .setPerson(name(person))
            .setTo(name(to))
            .setState(state)
            .build());
  }

  /** What the person's phone decrypted. */
  List<String> textsThatReached(Person person) {
    return service
        .listPhoneMessages(ListPhoneMessagesRequest.newBuilder().setPerson(name(person)).build())
        .getMessagesList()
        .stream()
        .map(PhoneMessage::getText)
        .toList();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private static PersonName name(Person person) {
    return PersonName.newBuilder().setPhoneNumber(person.getPhoneNumber()).build();
  }
}
