package dev.switchboard.sandbox.network;

import dev.switchboard.sandbox.account.DeviceAddress;

/** A logged-in companion on its connection. */
public record Client(DeviceAddress device, Link link) {}
