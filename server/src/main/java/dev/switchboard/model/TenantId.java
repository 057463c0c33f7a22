package dev.switchboard.model;

/** Names a tenant. */
public record TenantId(String value) {}
