package dev.switchboard.testing;

import dev.switchboard.connector.ConnectionEnd;
import dev.switchboard.connector.Connector;
import dev.switchboard.connector.ConnectorEvent;
import dev.switchboard.connector.ConnectorHost;
import dev.switchboard.connector.OutboundMessage;
import dev.switchboard.connector.SendOutcome;
import dev.switchboard.connector.capability.TypingIndicator;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.Peer;
import dev.switchboard.model.Reason;
import dev.switchboard.model.instance.StateCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that does as it is told: each step is done by the thread that is in {@link #run}, until
 * one of them ends the connection; each message is answered by the test.
 */
public final class ScriptedConnector implements Connector, TypingIndicator {
  /** What a connection does next; it goes on until a step has an end. */
  public interface Step {
    Optional<ConnectionEnd> next(ConnectorHost host) throws InterruptedException;
  }

  /** How a message is answered. */
  public interface Answer {
    SendOutcome to(OutboundMessage message) throws InterruptedException;
  }

  private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<OutboundMessage> sent = new LinkedBlockingQueue<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicInteger sending = new AtomicInteger();
  private final AtomicInteger mostSending = new AtomicInteger();
  private final Queue<Map.Entry<Peer, Duration>> typings = new ConcurrentLinkedQueue<>();
  private volatile boolean typingFails;
  private volatile boolean connected;
  private volatile boolean stopped;
  private volatile boolean stopWaits;

  /** Adds what this connection, or the next one, does. */
  public ScriptedConnector then(Step step) {
    steps.add(step);
    return this;
  }

  public ScriptedConnector thenEnd(ConnectionEnd end) {
    return then(host -> Optional.of(end));
  }

  public ScriptedConnector thenTell(ConnectorEvent event) {
    return then(host -> {
      host.on(event);
      return Optional.empty();
    });
  }

  /** Adds an answer to a message. */
  public ScriptedConnector answer(Answer answer) {
    answers.add(answer);
    return this;
  }

  public ScriptedConnector answer(SendOutcome outcome) {
    return answer(message -> outcome);
  }

  /** How many connections were begun. */
  public int runs() {
    return runs.get();
  }

  /** How many messages were ever on their way at the same time. */
  public int mostSending() {
    return mostSending.get();
  }

  public boolean isStopped() {
    return stopped;
  }

  /** The next message that was handed in; fails when none comes within ten seconds. */
  public OutboundMessage awaitMessage() throws InterruptedException {
    OutboundMessage message = sent.poll(10, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("no message was handed in");
    }
    return message;
  }

  /** To whom typing was shown, and for how long, in order. */
  public List<Map.Entry<Peer, Duration>> typings() {
    return List.copyOf(typings);
  }

  @Override
  public void typing(Peer to, Duration atMost) {
    typings.add(Map.entry(to, atMost));
    if (typingFails) {
      throw new IllegalStateException("typing is not shown");
    }
  }

  /** From now on, showing that something is typed is a defect. */
  public void failTyping() {
    typingFails = true;
  }

  /** Whether messages were handed in that the test has not looked at. */
  public int unseenMessages() {
    return sent.size();
  }

  @Override
  public ConnectionEnd run(ConnectorHost host) throws InterruptedException {
    runs.incrementAndGet();
    if (stopWaits) {
      stopWaits = false;
      return new ConnectionEnd.Stopped();
    }
    connected = true;
    try {
      while (true) {
        Optional<ConnectionEnd> end = steps.take().next(host);
        if (end.isPresent()) {
          return end.get();
        }
      }
    } finally {
      connected = false;
    }
  }

  @Override
  public SendOutcome send(OutboundMessage message) throws InterruptedException {
    mostSending.accumulateAndGet(sending.incrementAndGet(), Math::max);
    sent.add(message);
    try {
      return answers.take().to(message);
    } finally {
      sending.decrementAndGet();
    }
  }

  @Override
  public void unlink() {
    if (!connected) {
      throw new GatewayException(Reason.INSTANCE_NOT_READY, "not connected");
    }
    thenEnd(new ConnectionEnd.LoggedOut(StateCause.REQUESTED, ""));
  }

  @Override
  public void stop() {
    stopped = true;
    if (connected) {
      thenEnd(new ConnectionEnd.Stopped());
    } else {
      stopWaits = true; // Not lost: the next run returns at once.
    }
  }
}
