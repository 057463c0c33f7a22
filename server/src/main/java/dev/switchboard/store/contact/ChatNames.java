package dev.switchboard.store.contact;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.contact.ContactNames;
import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Seals and opens what a person is called: four texts, the empty one for a name not known. */
final class ChatNames {
  private final Encryption encryption;

  ChatNames(Encryption encryption) {
    this.encryption = encryption;
  }

  byte @Nullable [] seal(AccountKey account, UUID chat, ContactNames names) {
    return names.equals(ContactNames.NONE)
        ? null
        : encryption.seal(encode(names), place(account, chat));
  }

  ContactNames open(AccountKey account, UUID chat, byte @Nullable [] sealed) {
    return sealed == null
        ? ContactNames.NONE
        : decode(encryption.open(sealed, place(account, chat)));
  }

  private static byte[] encode(ContactNames names) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      write(output, names.push());
      write(output, names.full());
      write(output, names.first());
      write(output, names.verified());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static ContactNames decode(byte[] bytes) {
    try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return new ContactNames(read(input), read(input), read(input), read(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(DataOutputStream output, @Nullable String name) throws IOException {
    output.writeUTF(name == null ? "" : name);
  }

  private static @Nullable String read(DataInputStream input) throws IOException {
    var name = input.readUTF();
    return name.isEmpty() ? null : name;
  }

  private static Place place(AccountKey account, UUID chat) {
    return Place.of(
        "chat names", account.tenant().value(), account.instance().value(), chat.toString());
  }
}
