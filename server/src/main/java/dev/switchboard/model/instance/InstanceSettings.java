package dev.switchboard.model.instance;

/**
 * What callers choose for an instance and may change later.
 *
 * @param displayName free text of at most 128 characters, for people
 * @param route how its traffic reaches the network
 */
public record InstanceSettings(String displayName, Route route) {}
