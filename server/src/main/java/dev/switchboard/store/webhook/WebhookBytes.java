package dev.switchboard.store.webhook;

import dev.switchboard.store.encryption.Encryption;
import dev.switchboard.store.encryption.Place;
import dev.switchboard.webhook.Secret;
import dev.switchboard.webhook.WebhookKey;
import dev.switchboard.webhook.WebhookSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What of a webhook is sealed: where it leads, what goes with requests, what they are signed by.
 */
final class WebhookBytes {
  private final Encryption encryption;

  WebhookBytes(Encryption encryption) {
    this.encryption = encryption;
  }

  /** Where requests go, and with which headers. */
  record Address(String url, Map<String, String> headers) {
    /** Hides both. */
    @Override
    public String toString() {
      return "Address";
    }
  }

  byte[] address(WebhookKey key, WebhookSettings settings) {
    var plain =
        Bytes.written(output -> {
          output.writeUTF(settings.url());
          output.writeInt(settings.headers().size());
          for (var header : settings.headers().entrySet()) {
            output.writeUTF(header.getKey());
            output.writeUTF(header.getValue());
          }
        });
    return encryption.seal(plain, place("address", key));
  }

  Address address(WebhookKey key, byte[] sealed) {
    return Bytes.read(
        encryption.open(sealed, place("address", key)),
        input -> {
          var url = input.readUTF();
          var headers = new TreeMap<String, String>();
          for (var left = input.readInt(); left > 0; left--) {
            headers.put(input.readUTF(), input.readUTF());
          }
          return new Address(url, headers);
        });
  }

  byte[] secrets(WebhookKey key, List<Secret> secrets) {
    var plain =
        Bytes.written(output -> {
          output.writeInt(secrets.size());
          for (var secret : secrets) {
            output.write(secret.key());
            Bytes.write(output, secret.createdAt());
            Bytes.write(output, secret.expiresAt());
          }
        });
    return encryption.seal(plain, place("secrets", key));
  }

  List<Secret> secrets(WebhookKey key, byte[] sealed) {
    return Bytes.read(
        encryption.open(sealed, place("secrets", key)),
        input -> {
          var secrets = new ArrayList<Secret>();
          for (var left = input.readInt(); left > 0; left--) {
            var bytes = input.readNBytes(Secret.BYTES);
            secrets.add(new Secret(bytes, Bytes.instant(input), Bytes.optionalInstant(input)));
          }
          return secrets;
        });
  }

  private static Place place(String what, WebhookKey key) {
    return Place.of("webhook", what, key.tenant().value(), key.id());
  }
}
