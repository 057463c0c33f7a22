package dev.switchboard.sandbox.control;

/** Where the sandbox is, and what a client must trust to use it. */
public record Place(
    String websocketUrl, String controlUrl, String noiseRootHex, String certificatePem) {}
