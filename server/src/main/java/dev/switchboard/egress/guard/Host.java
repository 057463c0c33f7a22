package dev.switchboard.egress.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host as a URL names it, in exactly one way: a name of letters, digits and hyphens, four decimal
 * numbers, or IPv6 in brackets. Whatever else somebody might read as an address is none.
 *
 * @param name for TLS and the Host header, in small letters; IPv6 without brackets
 * @param literal the address, when the host is one
 */
public record Host(String name, Optional<InetAddress> literal) {
  private static final int LONGEST = 253;
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");

  /** Browsers, libc and others take a host whose last part is a number for an address. */
  private static final Pattern NUMBERS_AT_THE_END =
      Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 =
      Pattern.compile(
          "\\[((?=.*:)[0-9a-f:]{2,39}|[0-9a-f:]{1,29}:(?:[0-9]{1,3}\\.){3}[0-9]{1,3})]");

  /** Empty when it is none, or could be read in two ways. */
  static Optional<Host> of(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    var bracketed = IPV6.matcher(host);
    if (bracketed.matches()) {
      return literal(bracketed.group(1));
    }
    if (IPV4.matcher(host).matches()) {
      return literal(host);
    }
    boolean name =
        host.length() <= LONGEST
            && NAMES.matcher(host).matches()
            && !NUMBERS_AT_THE_END.matcher(host).matches();
    return name ? Optional.of(new Host(host, Optional.empty())) : Optional.empty();
  }

  private static Optional<Host> literal(String text) {
    try {
      InetAddress address = InetAddress.ofLiteral(text);
      return Optional.of(new Host(address.getHostAddress(), Optional.of(address)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As it stands in a URL. */
  String inUrl() {
    boolean six = literal.isPresent() && !(literal.get() instanceof Inet4Address);
    return six ? "[" + name + "]" : name;
  }
}
