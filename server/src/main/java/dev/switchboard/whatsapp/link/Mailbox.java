package dev.switchboard.whatsapp.link;

import dev.switchboard.whatsapp.socket.SocketEnd;
import dev.switchboard.whatsapp.socket.SocketListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Where everything waits that a session has to deal with. Event loops and other threads put in and
 * never block; the session's thread takes out.
 *
 * <p>Bytes are bounded: beyond the limit the socket is not read until half of them are taken, so
 * that a slow account slows its server down instead of filling the memory. Orders are bounded too.
 */
public final class Mailbox implements SocketListener {
  private final int byteLimit;
  private final int orderLimit;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<byte[]> pieces = new ArrayDeque<>(2);
  private final ArrayDeque<Order> orders = new ArrayDeque<>(2);
  private int bytes;
  private boolean paused;
  private boolean stopped;
  private boolean closed;
  private boolean orderIsNext;
  private @Nullable SocketEnd end;
  private Runnable resume = () -> {};

  public Mailbox(int byteLimit, int orderLimit) {
    this.byteLimit = byteLimit;
    this.orderLimit = orderLimit;
  }

  /** Called, on the session's thread, when a paused socket may be read again. */
  public void onResume(Runnable resumeReading) {
    resume = resumeReading;
  }

  @Override
  public boolean received(byte[] piece) {
    lock.lock();
    try {
      pieces.add(piece);
      bytes += piece.length;
      paused = bytes >= byteLimit;
      changed.signal();
      return !paused;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void closed(SocketEnd socketEnd) {
    lock.lock();
    try {
      end = socketEnd;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether the order was taken; not when the limit is reached or the session is over. */
  public boolean submit(Order order) {
    lock.lock();
    try {
      if (closed || orders.size() >= orderLimit) {
        return false;
      }
      orders.add(order);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Asks the session to end; whatever else waits does not count any more. */
  public void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Takes nothing more; the orders nobody carried out are returned to be abandoned. */
  public List<Order> close() {
    lock.lock();
    try {
      closed = true;
      List<Order> left = List.copyOf(orders);
      orders.clear();
      return left;
    } finally {
      lock.unlock();
    }
  }

  /** The next of anything, pieces and orders in turn. */
  public Mail next(Duration patience) throws InterruptedException {
    return take(patience, true);
  }

  /** The next of anything but orders: those wait until the session has time for them. */
  public Mail nextPiece(Duration patience) throws InterruptedException {
    return take(patience, false);
  }

  private Mail take(Duration patience, boolean withOrders) throws InterruptedException {
    long nanos = patience.toNanos();
    boolean readOn = false;
    Mail mail;
    lock.lockInterruptibly();
    try {
      mail = poll(withOrders);
      while (mail == null && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
        mail = poll(withOrders);
      }
      if (paused && bytes <= byteLimit / 2) {
        paused = false;
        readOn = true;
      }
    } finally {
      lock.unlock();
    }
    if (readOn) {
      resume.run();
    }
    return mail == null ? new Mail.Nothing() : mail;
  }

  private @Nullable Mail poll(boolean withOrders) {
    if (stopped) {
      return new Mail.Stop();
    }
    if (withOrders && !orders.isEmpty() && (orderIsNext || pieces.isEmpty())) {
      orderIsNext = false;
      return new Mail.Ordered(orders.remove());
    }
    byte[] piece = pieces.poll();
    if (piece != null) {
      orderIsNext = withOrders;
      bytes -= piece.length;
      return new Mail.Piece(piece);
    }
    return end == null ? null : new Mail.Ended(end);
  }
}
