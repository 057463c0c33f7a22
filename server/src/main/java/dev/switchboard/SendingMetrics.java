package dev.switchboard;

import dev.switchboard.journal.Journal;
import dev.switchboard.journal.JournalStatus;
import dev.switchboard.outbox.queue.Ledger;
import dev.switchboard.outbox.sender.Senders;
import dev.switchboard.projection.Projector;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;

/** What an operator wants to see of outbound messages. */
final class SendingMetrics {
  private SendingMetrics() {}

  static void register(MeterRegistry metrics, Outgoing outgoing, Journal journal) {
    gauge(metrics, "switchboard.messages.open", outgoing.sending().ledger(), Ledger::open);
    gauge(metrics, "switchboard.senders", outgoing.sending().senders(), Senders::running);
    gauge(
        metrics,
        "switchboard.journal.followed",
        outgoing.sending().dispatcher(),
        it -> it.working() ? 1 : 0);
    gauge(metrics, "switchboard.projection.lag", outgoing.projector(), Projector::lag);
    gauge(metrics, "switchboard.projection.set.aside", outgoing.projector(), Projector::setAside);
    counter(metrics, "switchboard.journal.entries", journal, JournalStatus::appended);
    counter(metrics, "switchboard.journal.flushes", journal, JournalStatus::flushes);
    gauge(metrics, "switchboard.journal.files", journal, it -> it.status().files());
    gauge(metrics, "switchboard.journal.writable", journal, it -> it.status().writable() ? 1 : 0);
  }

  private static <T> void gauge(
      MeterRegistry metrics, String name, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).register(metrics);
  }

  private static void counter(
      MeterRegistry metrics, String name, Journal journal, ToDoubleFunction<JournalStatus> value) {
    FunctionCounter.builder(name, journal, it -> value.applyAsDouble(it.status()))
        .register(metrics);
  }
}
