package dev.switchboard.model.instance;

import dev.switchboard.model.AccountKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One transition of an instance.
 *
 * @param detail a short text for people, without personal data; empty when the cause says it all
 * @param until when the cause ends by itself (a temporary ban), or null
 */
public record StateChange(
    AccountKey account,
    InstanceState from,
    InstanceState to,
    StateCause cause,
    String detail,
    @Nullable Instant until,
    Instant at) {}
