package dev.switchboard.model.instance;

/**
 * A collection of what an account's devices share (names, contacts, settings of chats) that is not
 * followed.
 *
 * @param collection its name on the wire, such as {@code critical_block}
 * @param detail why, for people
 * @param lasting whether nothing can be done about it but to read it anew at the next login or
 *     change; otherwise it is tried again soon
 */
public record AppStateTrouble(String collection, String detail, boolean lasting) {}
