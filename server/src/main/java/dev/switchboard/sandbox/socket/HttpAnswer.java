package dev.switchboard.sandbox.socket;

/** A plain text answer to an HTTP request. */
public record HttpAnswer(int status, String body) {}
