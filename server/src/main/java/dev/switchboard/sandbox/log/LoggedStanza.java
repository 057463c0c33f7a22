package dev.switchboard.sandbox.log;

import dev.switchboard.sandbox.account.DeviceAddress;

/**
 * A stanza that was said.
 *
 * @param sequence counted from 1 over all devices since the sandbox was opened
 * @param device who said or was to hear it; the account is empty before a login
 * @param lost whether a fault let it go astray
 */
public record LoggedStanza(
    long sequence, DeviceAddress device, Direction direction, MaskedNode stanza, boolean lost) {}
