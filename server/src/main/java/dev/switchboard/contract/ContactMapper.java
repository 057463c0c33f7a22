package dev.switchboard.contract;

import dev.switchboard.api.v1.ChatStateChanged;
import dev.switchboard.api.v1.ContactIdentityChanged;
import dev.switchboard.api.v1.ContactMerged;
import dev.switchboard.api.v1.ContactUpdated;
import dev.switchboard.model.Peer;
import dev.switchboard.model.contact.ChatState;
import dev.switchboard.model.contact.Contact;
import dev.switchboard.model.contact.ContactNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Contacts and what becomes known of them. */
public final class ContactMapper {
  private ContactMapper() {}

  public static dev.switchboard.api.v1.Contact toContract(Contact contact) {
    ContactNames names = contact.names();
    var contract =
        dev.switchboard.api.v1.Contact.newBuilder()
            .setInstanceId(contact.account().instance().value())
            .setPeer(PeerMapper.toContract(contact.peer()))
            .setPushName(text(names.push()))
            .setFullName(text(names.full()))
            .setFirstName(text(names.first()))
            .setVerifiedName(text(names.verified()));
    if (contact.identityChangedAt() != null) {
      contract.setIdentityChangeTime(Times.toContract(contact.identityChangedAt()));
    }
    return contract.build();
  }

  public static ContactMerged merged(Contact contact, List<Peer> former) {
    return ContactMerged.newBuilder()
        .setContact(toContract(contact))
        .addAllFormer(former.stream().map(PeerMapper::toContract).toList())
        .build();
  }

  public static ContactIdentityChanged identityChanged(Contact contact) {
    return ContactIdentityChanged.newBuilder().setContact(toContract(contact)).build();
  }

  public static ContactUpdated updated(Contact contact) {
    return ContactUpdated.newBuilder().setContact(toContract(contact)).build();
  }

  private static String text(@Nullable String name) {
    return name == null ? "" : name;
  }

  /** What somebody does in their chat. */
  public static ChatStateChanged chatStateChanged(Peer chat, ChatState state) {
    return ChatStateChanged.newBuilder()
        .setChat(PeerMapper.toContract(chat))
        .setState(
            ContractNames.toContract(dev.switchboard.api.v1.ChatState.class, "CHAT_STATE_", state))
        .build();
  }
}
