package dev.switchboard.sandbox.network;

/** A logged-in companion on its connection. */
public record Client(DeviceAddress device, Link link) {}
