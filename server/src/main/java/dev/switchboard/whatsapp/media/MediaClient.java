package dev.switchboard.whatsapp.media;

import dev.switchboard.model.instance.Route;
import dev.switchboard.whatsapp.socket.ChannelDialer;
import dev.switchboard.whatsapp.socket.SocketException;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches media for all accounts of a network, a few at a time. Blocks; for virtual threads. */
public final class MediaClient {
  private static final Logger log = LoggerFactory.getLogger(MediaClient.class);

  private final ChannelDialer dialer;
  private final MediaLimits limits;
  private final String origin;
  private final Semaphore turns;

  /**
   * A client.
   *
   * @param origin value of the Origin header
   */
  public MediaClient(ChannelDialer dialer, MediaLimits limits, String origin) {
    this.dialer = dialer;
    this.limits = limits;
    this.origin = origin;
    this.turns = new Semaphore(limits.atOnce(), true);
  }

  MediaLimits limits() {
    return limits;
  }

  /** Fetches from the first host that has it, verifies and decrypts; by this route only. */
  Fetched fetch(Route route, List<MediaHosts.Host> hosts, MediaReference reference)
      throws InterruptedException {
    if (!reference.isWhole()) {
      return new Fetched.Failed(MediaFault.MALFORMED_REFERENCE);
    }
    if (reference.bytes() > limits.bytes()) {
      return new Fetched.Failed(MediaFault.TOO_LARGE);
    }
    if (!turns.tryAcquire(limits.turnTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
      return new Fetched.Failed(MediaFault.BUSY);
    }
    try {
      return inTurn(route, hosts, reference);
    } finally {
      turns.release();
    }
  }

  private Fetched inTurn(Route route, List<MediaHosts.Host> hosts, MediaReference reference)
      throws InterruptedException {
    long deadline = System.nanoTime() + limits.downloadTimeout().toNanos();
    MediaFault last = MediaFault.HOST_FAILED;
    for (MediaHosts.Host host : hosts) {
      Duration left = Duration.ofNanos(deadline - System.nanoTime());
      if (left.isNegative()) {
        break;
      }
      try {
        return new Fetched.Whole(MediaCipher.open(reference, from(host, route, reference, left)));
      } catch (MediaException e) {
        log.info("{} at {}: {}, {}", reference, host.name(), e.fault(), e.getMessage());
        last = e.fault();
      } catch (SocketException e) {
        log.info("{} at {}: {}, {}", reference, host.name(), e.reason(), e.getMessage());
        last = fault(e);
      }
      if (last == MediaFault.GONE || last == MediaFault.TOO_LARGE) {
        break; // Other hosts have the same to say.
      }
    }
    return new Fetched.Failed(last);
  }

  private byte[] from(
      MediaHosts.Host host, Route route, MediaReference reference, Duration patience)
      throws InterruptedException {
    BlobReader reader = new BlobReader(BlobRequest.of(host, reference, origin), limits.bytes());
    ChannelDialer.Dialled dialled =
        dialer.dial(
            route,
            host.name(),
            host.port(),
            limits.connectTimeout(),
            pipeline ->
                pipeline
                    .addLast(new HttpClientCodec())
                    .addLast(
                        new ReadTimeoutHandler(limits.silence().toMillis(), TimeUnit.MILLISECONDS))
                    .addLast(reader));
    try {
      return reader.await(dialled.channel(), patience);
    } catch (SocketException e) {
      throw dialled.explain(e);
    }
  }

  private static MediaFault fault(SocketException failure) {
    return switch (failure.reason()) {
      case PROXY_UNAVAILABLE, PROXY_REFUSED -> MediaFault.PROXY_FAILED;
      case UNREACHABLE, NOT_TRUSTED, BROKEN -> MediaFault.HOST_FAILED;
    };
  }
}
