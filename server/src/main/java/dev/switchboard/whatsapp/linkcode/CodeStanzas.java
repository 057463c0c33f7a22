package dev.switchboard.whatsapp.linkcode;

import dev.switchboard.whatsapp.cobalt.ClientProfile;
import dev.switchboard.whatsapp.wire.Jid;
import dev.switchboard.whatsapp.wire.Node;
import dev.switchboard.whatsapp.wire.WireException;
import java.util.Map;

/** The requests of linking by code, shaped as independent clients shape them (measured). */
public final class CodeStanzas {
  private static final String REGISTRATION = "link_code_companion_reg";
  private static final String REFERENCE = "link_code_pairing_ref";

  /** The network takes a few systems' names only, not ours; this one other clients use too. */
  private static final String SYSTEM = "Mac OS";

  private CodeStanzas() {}

  /**
   * Tells the server and the phone of this device's wish.
   *
   * @param phone the account's number, without a device
   */
  public static Node hello(Jid phone, byte[] wrappedKey, byte[] noiseKey, ClientProfile profile) {
    return Node.of(
        REGISTRATION,
        Map.of(
            "jid", phone.toString(),
            "stage", "companion_hello",
            "should_show_push_notification", "true"),
        Node.of("link_code_pairing_wrapped_companion_ephemeral_pub", wrappedKey),
        Node.of("companion_server_auth_key_pub", noiseKey),
        text("companion_platform_id", platformId(profile.browser())),
        text("companion_platform_display", display(profile.browser())),
        text("link_code_pairing_nonce", "0"));
  }

  /**
   * What the server calls this attempt, from its answer.
   *
   * @throws WireException when it does not say
   */
  public static byte[] reference(Node reply) {
    return referenceIn(reply.requiredChild(REGISTRATION));
  }

  /**
   * What the attempt is called that a notification is about.
   *
   * @throws WireException when it does not say
   */
  public static byte[] referenceIn(Node registration) {
    return registration.requiredChild(REFERENCE).bytes();
  }

  public static Node finish(Jid phone, Agreement agreement, byte[] identity, byte[] reference) {
    return Node.of(
        REGISTRATION,
        Map.of("jid", phone.toString(), "stage", "companion_finish"),
        Node.of("link_code_pairing_wrapped_key_bundle", agreement.bundle()),
        Node.of("companion_identity_public", identity),
        Node.of(REFERENCE, reference));
  }

  private static String platformId(ClientProfile.Browser browser) {
    return switch (browser) {
      case CHROME -> "1";
      case EDGE -> "2";
      case FIREFOX -> "3";
      case SAFARI -> "6";
      case DESKTOP -> "7";
    };
  }

  private static String display(ClientProfile.Browser browser) {
    String name =
        switch (browser) {
          case CHROME -> "Chrome";
          case EDGE -> "Edge";
          case FIREFOX -> "Firefox";
          case SAFARI -> "Safari";
          case DESKTOP -> "Desktop";
        };
    return name + " (" + SYSTEM + ")";
  }

  private static Node text(String tag, String text) {
    return Node.builder(tag).text(text).build();
  }
}
