package dev.switchboard.whatsapp.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What stands behind the "@" of a JID: the kind of what is named. */
public enum Server {
  /** A person by phone number. */
  USER("s.whatsapp.net", 255, 0),
  /** A person by hidden id. */
  LID("lid", 255, 1),
  GROUP("g.us", 0, Server.NO_DOMAIN),
  /** Broadcast lists, and {@code status@broadcast}. */
  BROADCAST("broadcast", 0, Server.NO_DOMAIN),
  /** A channel. */
  NEWSLETTER("newsletter", 0, Server.NO_DOMAIN),
  /** A person by phone number, as older texts and some server accounts write it. */
  LEGACY_USER("c.us", 0, Server.NO_DOMAIN),
  CALL("call", 0, Server.NO_DOMAIN),
  /** A person by phone number whose keys a host keeps. */
  HOSTED("hosted", 255, 128),
  /** A person by hidden id whose keys a host keeps. */
  HOSTED_LID("hosted.lid", 255, 129),
  BOT("bot", 0, Server.NO_DOMAIN),
  /** A person on Messenger. */
  MESSENGER("msgr", 65_535, Server.NO_DOMAIN),
  /** A person on another service, {@code integrator-user@interop}. */
  INTEROP("interop", 65_535, Server.NO_DOMAIN);

  private static final int NO_DOMAIN = -1;

  private static final Map<String, Server> BY_HOST =
      Arrays.stream(values()).collect(Collectors.toMap(Server::host, Function.identity()));

  private final String host;
  private final int maximumDevice;
  private final int domain;

  Server(String host, int maximumDevice, int domain) {
    this.host = host;
    this.maximumDevice = maximumDevice;
    this.domain = domain;
  }

  /** The text behind the "@". */
  public String host() {
    return host;
  }

  /** The largest device number that the wire can say; 0 where there are no devices. */
  public int maximumDevice() {
    return maximumDevice;
  }

  /**
   * The number by which the binary form of a device's JID names the server; empty where devices
   * have no such form.
   */
  public OptionalInt domain() {
    return domain == NO_DOMAIN ? OptionalInt.empty() : OptionalInt.of(domain);
  }

  /** The server of such a number. */
  public static Optional<Server> ofDomain(int domain) {
    return domain == NO_DOMAIN
        ? Optional.empty()
        : Arrays.stream(values()).filter(server -> server.domain == domain).findFirst();
  }

  /** The server of a host text. */
  public static Optional<Server> of(String host) {
    return Optional.ofNullable(BY_HOST.get(host));
  }
}
