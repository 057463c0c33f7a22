package dev.switchboard.sandbox.network;

import java.util.Locale;

/** What can be wrong with what a client sends. */
public enum Refusal {
  /** A frame, a handshake or a stanza that cannot be decoded. */
  MALFORMED_FRAME,
  MALFORMED_STANZA,
  /** A frame that was not encrypted with the connection's keys. */
  FRAME_MAC,
  HANDSHAKE,
  LOGIN,
  UNKNOWN_REQUEST,
  /** A signed prekey that its identity did not sign. */
  SIGNED_PREKEY_SIGNATURE,
  TOO_MANY_PREKEYS,
  /** The answer to a pairing that the device did not sign, or not this one. */
  DEVICE_SIGNATURE,
  /** A scanned code whose keys are not those of the connection that showed it. */
  QR_KEYS,
  UNKNOWN_QR,
  /** A wish to be linked by code that the network does not take. */
  LINK_CODE_HELLO,
  /** An answer to a phone that was not asked, is malformed or comes again. */
  LINK_CODE_FINISH,
  /** A code was typed that is not the client's, or the client sealed for somebody else. */
  LINK_CODE_WRONG,
  /** A client agreed with the phone on other identities than theirs. */
  LINK_CODE_IDENTITIES,
  /** A code was typed on a phone for which no client waits. */
  UNKNOWN_LINK_CODE,
  /** The client refused the pairing. */
  PAIRING_REFUSED,
  UNKNOWN_PEER,
  UNKNOWN_DEVICE,
  /** A participant that belongs to neither side of the chat. */
  FOREIGN_PARTICIPANT,
  /** Devices of the chat that the sender left out; delivered all the same. */
  MISSING_DEVICE,
  /** A message that starts a session without saying who vouches for the device. */
  MISSING_DEVICE_IDENTITY,
  BAD_DEVICE_IDENTITY,
  UNSUPPORTED_MESSAGE,
  /**
   * A message to a stranger, or a wish to be told of one, under a reach-out lock or without the
   * token that is asked for.
   */
  STRANGER,
  /** A wish to be told of one more person than a device may follow. */
  TOO_MANY_FOLLOWED,
  /** A message that the phone it was for could not decrypt. */
  UNDECRYPTABLE,
  /** A request for a message again that is not what such a request has to be. */
  MALFORMED_RETRY,
  /** A request for a message again with a registration or an identity of another device. */
  RETRY_KEYS,
  /** A request for a message that the device did not get, or not from there. */
  UNKNOWN_RETRY,
  /** A request for a message that the phone sent again often enough. */
  TOO_MANY_RETRIES,
  /** A plaintext that is not what its kind asks for. */
  MALFORMED_MESSAGE,
  APP_STATE_CONFLICT,
  APP_STATE_MAC,
  APP_STATE_FULL,
  /** A request for media that contradicts itself. */
  MEDIA_REQUEST,
  QUEUE_OVERFLOW;

  /** The name outside of this program, such as {@code signed-prekey-signature}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
