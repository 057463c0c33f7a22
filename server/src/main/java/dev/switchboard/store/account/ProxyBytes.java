package dev.switchboard.store.account;

import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Proxy.Credentials;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A proxy as bytes, before encryption: scheme, host, port, and the credentials if it has any. */
final class ProxyBytes {
  private ProxyBytes() {}

  static byte[] encode(Proxy proxy) {
    var bytes = new ByteArrayOutputStream();
    try (var output = new DataOutputStream(bytes)) {
      output.writeUTF(proxy.scheme().name());
      output.writeUTF(proxy.host());
      output.writeInt(proxy.port());
      Credentials shown = proxy.credentials();
      output.writeBoolean(shown != null);
      if (shown != null) {
        output.writeUTF(shown.username());
        output.writeUTF(shown.password());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Proxy decode(byte[] bytes) {
    try (var input = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var scheme = Proxy.Scheme.valueOf(input.readUTF());
      String host = input.readUTF();
      int port = input.readInt();
      Credentials shown =
          input.readBoolean() ? new Credentials(input.readUTF(), input.readUTF()) : null;
      return new Proxy(scheme, host, port, shown);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
