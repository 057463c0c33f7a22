package dev.switchboard.outbox.assembly;

import dev.switchboard.outbox.OutboxLimits;
import dev.switchboard.outbox.carry.CarryPolicy;
import dev.switchboard.outbox.sender.SendPolicy;

/** What an operator may choose of how messages are sent. */
public record SendingConfig(SendPolicy policy, OutboxLimits limits, CarryPolicy carry) {}
