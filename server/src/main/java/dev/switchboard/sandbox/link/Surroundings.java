package dev.switchboard.sandbox.link;

import dev.switchboard.sandbox.fault.Faults;
import dev.switchboard.sandbox.log.StanzaLog;
import java.util.random.RandomGenerator;

/**
 * What every connection is surrounded by.
 *
 * @param faults what may befall its stanzas
 * @param random what delays and orders are drawn from
 * @param log where its stanzas are taken down
 */
public record Surroundings(Faults faults, RandomGenerator random, StanzaLog log) {}
