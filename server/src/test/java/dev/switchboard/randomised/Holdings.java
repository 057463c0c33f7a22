package dev.switchboard.randomised;

import dev.switchboard.api.sandbox.v1.ListPhoneMessagesRequest;
import dev.switchboard.api.v1.ListMessagesRequest;
import dev.switchboard.api.v1.Message;
import dev.switchboard.endtoend.Gateway;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What phones and gateway hold at one moment, found by place and text. */
final class Holdings {
  private static final int LARGEST_PHONE_PAGE = 1_000;
  private static final int LARGEST_PAGE = 500;

  private record Place(String name, String text) {}

  private final Gateway gateway;
  private final Map<Place, List<String>> idsOnPhones = new HashMap<>();
  private final Map<Place, List<Message>> messages = new HashMap<>();

  private Holdings(Gateway gateway) {
    this.gateway = gateway;
  }

  static Holdings read(Gateway gateway, Collection<String> people, Collection<String> instances) {
    Holdings holdings = new Holdings(gateway);
    people.forEach(holdings::readPhone);
    instances.forEach(holdings::readInstance);
    return holdings;
  }

  /** The ids under which the person's phone decrypted the text, each as often as it did. */
  List<String> onPhone(String person, String text) {
    return idsOnPhones.getOrDefault(new Place(person, text), List.of());
  }

  /** The instance's messages with the text. */
  List<Message> at(String instance, String text) {
    return messages.getOrDefault(new Place(instance, text), List.of());
  }

  private void readPhone(String person) {
    String token = "";
    do {
      var request =
          ListPhoneMessagesRequest.newBuilder()
              .setPerson(Run.name(person))
              .setPageSize(LARGEST_PHONE_PAGE)
              .setPageToken(token);
      var page = gateway.sandbox().listPhoneMessages(request.build());
      page.getMessagesList()
          .forEach(message ->
              idsOnPhones
                  .computeIfAbsent(new Place(person, message.getText()), _ -> new ArrayList<>())
                  .add(message.getMessageId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  private void readInstance(String instance) {
    String token = "";
    do {
      var request =
          ListMessagesRequest.newBuilder()
              .setInstanceId(instance)
              .setPageSize(LARGEST_PAGE)
              .setPageToken(token);
      var page = gateway.messaging().listMessages(request.build());
      page.getMessagesList()
          .forEach(message ->
              messages
                  .computeIfAbsent(
                      new Place(instance, message.getText().getText()), _ -> new ArrayList<>())
                  .add(message));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }
}
