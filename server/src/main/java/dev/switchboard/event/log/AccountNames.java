package dev.switchboard.event.log;

import dev.switchboard.model.AccountKey;
import dev.switchboard.model.InstanceId;
import dev.switchboard.model.TenantId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accounts as they are written in entries. Whoever looks through a log reads the same few again and
 * again: they are remembered by their bytes and share one key.
 */
final class AccountNames {
  /** A tenant and an instance of 63 letters each. */
  static final int MOST_BYTES = 128;

  static final int MOST_REMEMBERED = 50_000;

  private final ConcurrentHashMap<ByteBuffer, AccountKey> known = new ConcurrentHashMap<>();

  static void write(ByteBuffer out, AccountKey account) {
    text(out, account.tenant().value());
    text(out, account.instance().value());
  }

  AccountKey read(ByteBuffer in) {
    int tenant = in.get(in.position());
    int instance = in.get(in.position() + 1 + tenant);
    ByteBuffer name = in.slice(in.position(), 2 + tenant + instance);
    in.position(in.position() + 2 + tenant + instance);
    AccountKey account = known.get(name);
    return account == null ? remember(name) : account;
  }

  int remembered() {
    return known.size();
  }

  private AccountKey remember(ByteBuffer name) {
    byte[] copy = new byte[name.remaining()];
    name.get(0, copy);
    int tenant = copy[0];
    AccountKey account =
        new AccountKey(
            new TenantId(new String(copy, 1, tenant, StandardCharsets.US_ASCII)),
            new InstanceId(
                new String(copy, 2 + tenant, copy[1 + tenant], StandardCharsets.US_ASCII)));
    if (known.size() >= MOST_REMEMBERED) {
      known.clear();
    }
    known.put(ByteBuffer.wrap(copy), account);
    return account;
  }

  private static void text(ByteBuffer out, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
    out.put((byte) bytes.length).put(bytes);
  }
}
