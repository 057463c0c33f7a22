package dev.switchboard.sandbox.socket;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;

/**
 * A self-signed X.509 v3 certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}. The
 * JDK can read and sign but has no public builder; these few lines spare a dependency of nine
 * megabytes.
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record SelfSignedCertificate(KeyPair keys, byte[] encoded) {
  private static final Duration LIFETIME = Duration.ofDays(3650);

  static SelfSignedCertificate create(Instant now) throws GeneralSecurityException {
    var random = new SecureRandom();
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), random);
    KeyPair keys = generator.generateKeyPair();
    byte[] body = toBeSigned(keys, new BigInteger(120, random).setBit(119), now);
    var signer = Signature.getInstance("SHA256withECDSA");
    signer.initSign(keys.getPrivate());
    signer.update(body);
    return new SelfSignedCertificate(
        keys, Der.sequence(body, ecdsaWithSha256(), Der.bits(signer.sign())));
  }

  private static byte[] toBeSigned(KeyPair keys, BigInteger serial, Instant now) {
    byte[] version3 = Der.tagged(0xa0, Der.integer(BigInteger.TWO));
    byte[] validity =
        Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(LIFETIME)));
    return Der.sequence(
        version3,
        Der.integer(serial),
        ecdsaWithSha256(),
        name(),
        validity,
        name(),
        keys.getPublic().getEncoded(),
        Der.tagged(0xa3, Der.sequence(basicConstraints(), keyUsage(), serverAuth(), hosts())));
  }

  private static byte[] ecdsaWithSha256() {
    return Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
  }

  private static byte[] name() {
    byte[] commonName = Der.sequence(Der.oid("2.5.4.3"), Der.utf8("Switchboard sandbox"));
    return Der.sequence(Der.set(commonName));
  }

  /** CA, since clients are given this very certificate as their trust anchor. */
  private static byte[] basicConstraints() {
    return critical("2.5.29.19", Der.sequence(Der.bool(true)));
  }

  private static byte[] keyUsage() {
    // digitalSignature and keyCertSign: bits 0 and 5, two unused bits at the end.
    return critical("2.5.29.15", Der.tagged(0x03, new byte[] {2, (byte) 0x84}));
  }

  private static byte[] serverAuth() {
    return extension("2.5.29.37", Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1")));
  }

  private static byte[] hosts() {
    byte[] ipv6Loopback = new byte[16];
    ipv6Loopback[15] = 1;
    return extension(
        "2.5.29.17",
        Der.sequence(
            Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            Der.tagged(0x87, new byte[] {127, 0, 0, 1}),
            Der.tagged(0x87, ipv6Loopback)));
  }

  private static byte[] critical(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.bool(true), Der.octets(value));
  }

  private static byte[] extension(String oid, byte[] value) {
    return Der.sequence(Der.oid(oid), Der.octets(value));
  }
}
