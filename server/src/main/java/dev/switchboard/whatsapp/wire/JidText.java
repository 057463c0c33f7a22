package dev.switchboard.whatsapp.wire;

/** Reads the texts that clients write for a JID. */
final class JidText {
  /** Nothing longer can be one: a user, a device and a server at their longest. */
  private static final int MAXIMUM_LENGTH = Jid.MAXIMUM_USER_LENGTH + 24;

  private static final int MAXIMUM_NUMBER_DIGITS = 5;

  private JidText() {}

  static Jid parse(String text) {
    if (text.length() > MAXIMUM_LENGTH) {
      throw new MalformedJidException("the text is too long for a JID");
    }
    int at = text.indexOf('@');
    Server server =
        Server.of(text.substring(at + 1))
            .orElseThrow(() -> new MalformedJidException("no known server behind the @"));
    return at < 0 ? new Jid("", 0, server) : named(text.substring(0, at), server);
  }

  private static Jid named(String name, Server server) {
    int colon = name.indexOf(':');
    int device = colon < 0 ? 0 : number(name, colon + 1);
    String user = colon < 0 ? name : name.substring(0, colon);
    if (user.isEmpty() && colon >= 0) {
      throw new MalformedJidException("a device without a user");
    }
    int agent = server.domain().isPresent() ? agentSeparator(user) : -1;
    if (agent < 0) {
      return new Jid(user, device, server);
    }
    return new Jid(user.substring(0, agent), device, domain(server, number(user, agent + 1)));
  }

  /** Where the agent begins: phone numbers and hidden ids hold digits only, so it is plain. */
  private static int agentSeparator(String user) {
    int separator = Math.max(user.lastIndexOf('_'), user.lastIndexOf('.'));
    return separator > 0 && separator < user.length() - 1 ? separator : -1;
  }

  /** The agent is the domain number of the binary form; 0 says nothing. */
  private static Server domain(Server written, int agent) {
    return agent == 0
        ? written
        : Server.ofDomain(agent)
            .orElseThrow(() -> new MalformedJidException("no server has the domain " + agent));
  }

  private static int number(String text, int from) {
    int digits = text.length() - from;
    if (digits < 1 || digits > MAXIMUM_NUMBER_DIGITS) {
      throw new MalformedJidException("a device or agent has one to five digits");
    }
    int value = 0;
    for (int i = from; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw new MalformedJidException("a device or agent is a number");
      }
      value = value * 10 + digit;
    }
    return value;
  }

  static boolean isUserCharacter(char c) {
    return c > ' ' && c < 0x7f && c != '@' && c != ':' && c != '/';
  }
}
