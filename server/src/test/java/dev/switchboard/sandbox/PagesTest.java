package dev.switchboard.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.switchboard.api.sandbox.v1.Behaviour;
import dev.switchboard.api.sandbox.v1.ListPeopleRequest;
import dev.switchboard.api.sandbox.v1.ListPeopleResponse;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.sandbox.v1.ListPhoneMessagesResponse;
import dev.switchboard.api.sandbox.v1.ListStanzasRequest;
import dev.switchboard.api.sandbox.v1.ListStanzasResponse;
import dev.switchboard.api.sandbox.v1.PersonName;
import dev.switchboard.sandbox.companion.Companion;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page that is full may be the last: then it names no other, which would be empty. */
class PagesTest {
  @TempDir Path folder;
  private OpenSandbox network;

  @BeforeEach
  void open() {
    network = OpenSandbox.in(folder);
    var _ = network.person("alice", Behaviour.BEHAVIOUR_SILENT);
    var _ = network.person("bob", Behaviour.BEHAVIOUR_SILENT);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void ofPeople() {
    ListPeopleResponse all = people(2, "");
    assertThat(all.getPeopleCount()).isEqualTo(2);
    assertThat(all.getNextPageToken()).isEmpty();
    ListPeopleResponse first = people(1, "");
    assertThat(first.getPeopleList()).containsExactly(all.getPeople(0));
    ListPeopleResponse second = people(1, first.getNextPageToken());
    assertThat(second.getPeopleList()).containsExactly(all.getPeople(1));
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void ofPhoneMessages() {
    var _ = network.sendAs("alice", "bob", "one");
    var _ = network.sendAs("alice", "bob", "two");
    ListPhoneMessagesResponse all = messages(2, "");
    assertThat(all.getMessagesCount()).isEqualTo(2);
    assertThat(all.getNextPageToken()).isEmpty();
    ListPhoneMessagesResponse first = messages(1, "");
    assertThat(first.getMessagesList()).containsExactly(all.getMessages(0));
    ListPhoneMessagesResponse second = messages(1, first.getNextPageToken());
    assertThat(second.getMessagesList()).containsExactly(all.getMessages(1));
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void ofStanzas() throws InvalidProtocolBufferException {
    try (Companion alice = network.link("alice")) {
      assertThat(Wire.heardUntilPong(alice)).isNotNull();
      ListStanzasResponse all = stanzas(0);
      assertThat(all.getStanzasCount()).isGreaterThan(1);
      assertThat(stanzas(all.getStanzasCount())).isEqualTo(all);
      assertThat(all.getNextPageToken()).isEmpty();
      assertThat(stanzas(all.getStanzasCount() - 1).getNextPageToken()).isNotEmpty();
    }
  }

  private ListPeopleResponse people(int size, String token) {
    return network
        .control()
        .listPeople(ListPeopleRequest.newBuilder().setPageSize(size).setPageToken(token).build());
  }

  private ListPhoneMessagesResponse messages(int size, String token) {
    return network
        .control()
        .listPhoneMessages(
            ListPhoneMessagesRequest.newBuilder()
                .setPerson(PersonName.newBuilder().setName("bob"))
                .setPageSize(size)
                .setPageToken(token)
                .build());
  }

  private ListStanzasResponse stanzas(int size) {
    return network.control().listStanzas(ListStanzasRequest.newBuilder().setPageSize(size).build());
  }
}
