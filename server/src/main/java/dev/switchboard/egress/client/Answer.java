package dev.switchboard.egress.client;

import java.util.Optional;

/**
 * What came back.
 *
 * @param retryAfter the header of that name, as it came
 * @param beginning the first bytes of what was said
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through and never compared.
public record Answer(int status, Optional<String> retryAfter, byte[] beginning) {}
