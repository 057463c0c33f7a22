package dev.switchboard.whatsapp.wire;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Names a person, a device of a person, a group, a channel or a server.
 *
 * <p>The canonical text, as stanzas and databases hold it, is {@code user:device@server}; device 0
 * (the phone) is left out. An empty user names the server itself: {@code @s.whatsapp.net}.
 *
 * @param user 0 to 128 printable ASCII characters without "@", ":", "/" and blanks
 * @param device 0 to what the server allows
 */
public record Jid(String user, int device, Server server) {
  /** Longest user part that is read. */
  public static final int MAXIMUM_USER_LENGTH = 128;

  /** WhatsApp itself: what requests are sent to. */
  public static final Jid WHATSAPP = new Jid("", 0, Server.USER);

  /** All groups: what group creation and group lists are sent to. */
  public static final Jid GROUPS = new Jid("", 0, Server.GROUP);

  public static final Jid STATUS = new Jid("status", 0, Server.BROADCAST);

  public Jid {
    if (user.length() > MAXIMUM_USER_LENGTH) {
      throw new MalformedJidException("the user has more than 128 characters");
    }
    for (int i = 0; i < user.length(); i++) {
      if (!JidText.isUserCharacter(user.charAt(i))) {
        throw new MalformedJidException("the user holds a character that no JID has");
      }
    }
    if (device < 0 || device > server.maximumDevice()) {
      throw new MalformedJidException("device " + device + " cannot be at @" + server.host());
    }
  }

  /** A person by the digits of the phone number. */
  public static Jid ofPhoneNumber(String digits) {
    return new Jid(digits, 0, Server.USER);
  }

  /** A person by hidden id. */
  public static Jid ofLid(String user) {
    return new Jid(user, 0, Server.LID);
  }

  /**
   * Reads a text: the canonical one, one with an agent ({@code user_agent:device@server} or {@code
   * user.agent:device@server}), or the bare name of a server ({@code s.whatsapp.net}).
   *
   * @throws MalformedJidException if it is none of these
   */
  public static Jid parse(String text) {
    return JidText.parse(text);
  }

  /** As {@link #parse}, empty instead of thrown; also for no text at all. */
  public static Optional<Jid> tryParse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(text));
    } catch (MalformedJidException e) {
      return Optional.empty();
    }
  }

  /** The same person's other device; 0 is the phone. */
  public Jid withDevice(int other) {
    return other == device ? this : new Jid(user, other, server);
  }

  /** The person (or group, channel) behind the device. */
  public Jid withoutDevice() {
    return withDevice(0);
  }

  /** Whether it is a hidden id, hosted or not. */
  public boolean isLid() {
    return server == Server.LID || server == Server.HOSTED_LID;
  }

  /** Whether it is a person by phone number, hosted or not. */
  public boolean isPhoneNumber() {
    return server == Server.USER || server == Server.HOSTED || server == Server.LEGACY_USER;
  }

  public boolean isGroup() {
    return server == Server.GROUP;
  }

  /** Whether it names a server and nobody on it. */
  public boolean isServer() {
    return user.isEmpty();
  }

  @Override
  public String toString() {
    String at = "@" + server.host();
    return device == 0 ? user + at : user + ":" + device + at;
  }
}
