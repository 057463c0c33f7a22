package dev.switchboard.model.message;

/**
 * The caller's own name for what it asked.
 *
 * @param id the caller's UUID, by which the repeat of a call is known for 24 hours
 * @param bodyHash SHA-256 over what was asked
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and compared by MessageDigest.isEqual.
public record Request(String id, byte[] bodyHash) {}
