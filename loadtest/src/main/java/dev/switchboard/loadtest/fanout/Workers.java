package dev.switchboard.loadtest.fanout;

import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.measure.ProcessorTime;
import dev.switchboard.loadtest.measure.ThreadTimes;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Who takes part in a run, to be asked what they have done so far.
 *
 * @param database the process that all others of PostgreSQL are children of
 * @param bare none while it does not run yet
 */
record Workers(long server, ProcessHandle database, long network, OptionalLong bare) {
  /** Of those who began, with so many messages written. */
  Work now(long messages) {
    return new Work(
        ThreadTimes.of(server),
        new ThreadTimes(
            Map.of(
                Work.SERVER, ProcessorTime.of(server).own(),
                Work.DATABASE, ProcessorTime.ofFamily(database),
                Work.NETWORK, ProcessorTime.of(network).own(),
                Work.CLIENTS, ProcessorTime.of(ProcessHandle.current().pid()).own(),
                Work.BARE,
                    bare.isEmpty() ? Duration.ZERO : ProcessorTime.of(bare.getAsLong()).own())),
        MachineTime.now(),
        messages,
        Duration.ofNanos(System.nanoTime()));
  }
}
