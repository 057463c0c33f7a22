package dev.switchboard.testing;

import dev.switchboard.journal.Seal;
import dev.switchboard.model.AccountKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Hides nothing, but is as strict as a real one: what was altered or is another's is refused. */
public final class NamedSeal implements Seal {
  @Override
  public byte[] seal(byte[] plain, AccountKey account) {
    byte[] sealed = Arrays.copyOf(plain, plain.length + 4);
    int sum = sum(plain, account);
    for (int i = 0; i < 4; i++) {
      sealed[plain.length + i] = (byte) (sum >>> (8 * i));
    }
    return sealed;
  }

  @Override
  public byte[] open(byte[] sealed, AccountKey account) {
    byte[] plain = Arrays.copyOf(sealed, Math.max(0, sealed.length - 4));
    if (!Arrays.equals(seal(plain, account), sealed)) {
      throw new IllegalStateException("not sealed for this account, or altered");
    }
    return plain;
  }

  private static int sum(byte[] plain, AccountKey account) {
    return 31 * Arrays.hashCode(plain)
        + Arrays.hashCode(account.toString().getBytes(StandardCharsets.UTF_8));
  }
}
