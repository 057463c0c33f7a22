package dev.switchboard.model.message;

/**
 * Why a message was not sent.
 *
 * @param detail a short text for people, without personal data; may be empty
 */
public record Failure(FailureCause cause, String detail) {}
