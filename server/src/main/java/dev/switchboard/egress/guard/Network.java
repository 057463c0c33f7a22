package dev.switchboard.egress.guard;

import java.net.InetAddress;

/**
 * A range of addresses of one family, as CIDR writes it: {@code 10.0.0.0/8}, {@code fc00::/7}.
 *
 * @param address the first address; what is after the prefix does not count
 */
public record Network(InetAddress address, int prefix) {
  public Network {
    if (prefix < 0 || prefix > address.getAddress().length * Byte.SIZE) {
      throw new IllegalArgumentException("a network ends within its address: /" + prefix);
    }
  }

  /** Reads CIDR; nothing is looked up. */
  public static Network of(String cidr) {
    int slash = cidr.indexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("not a network, such as 10.0.0.0/8: " + cidr);
    }
    try {
      return new Network(
          InetAddress.ofLiteral(cidr.substring(0, slash)),
          Integer.parseInt(cidr.substring(slash + 1)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a network, such as 10.0.0.0/8: " + cidr, e);
    }
  }

  /** Whether it is of this network; an address of the other family never is. */
  public boolean contains(InetAddress other) {
    byte[] ours = address.getAddress();
    byte[] theirs = other.getAddress();
    if (ours.length != theirs.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit++) {
      int mask = 1 << (Byte.SIZE - 1 - bit % Byte.SIZE);
      if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
