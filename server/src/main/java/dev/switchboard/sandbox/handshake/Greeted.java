package dev.switchboard.sandbox.handshake;

import dev.switchboard.whatsapp.proto.ClientPayload;
import dev.switchboard.whatsapp.wire.noise.NoiseTransport;

/**
 * What a completed handshake leaves.
 *
 * @param clientStatic the client's long-term key, 32 bytes, proven
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Greeted(byte[] clientStatic, ClientPayload payload, NoiseTransport transport) {}
