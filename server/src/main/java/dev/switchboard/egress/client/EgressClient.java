package dev.switchboard.egress.client;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.DecoratingHttpClientFunction;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.client.ResponseTimeoutMode;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.proxy.ProxyConfig;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.util.EventLoopGroups;
import dev.switchboard.egress.guard.Deadline;
import dev.switchboard.egress.guard.EgressException;
import dev.switchboard.egress.guard.Fault;
import dev.switchboard.egress.guard.Target;
import io.netty.channel.EventLoopGroup;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Posts over HTTP/1.1 to an address that is given, under the name that the URL has: that name is
 * what the certificate has to be for. Follows no redirect, uses no proxy, unpacks nothing. However
 * the other side behaves, a request ends within its time and leaves no connection behind.
 */
public final class EgressClient implements AutoCloseable {
  /** How long the headers of an answer may be in all. */
  static final int MOST_HEADERS = 16 << 10;

  private static final int THREADS = 2;
  private static final int SECONDS_TO_END = 1;

  /** For an answer that comes at the last moment: the client's own clock ends before. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final OpenConnections connections = new OpenConnections();
  private final int kept;
  private final EventLoopGroup threads = EventLoopGroups.newEventLoopGroup(THREADS, "egress", true);
  private final ClientFactory factory;

  /**
   * @param trusted issuers of certificates instead of those that the JDK trusts; none for those
   */
  public EgressClient(EgressLimits limits, Collection<X509Certificate> trusted) {
    this.kept = 2 * limits.requests(); // So that those under way find theirs again.
    this.factory =
        ClientFactory.builder()
            .workerGroup(threads, false)
            .maxNumEventLoopsPerHttp1Endpoint(1) // Each thread has connections of its own.
            .connectTimeout(limits.connect())
            .idleTimeout(limits.idle())
            .http1MaxHeaderSize(MOST_HEADERS)
            .proxyConfig(ProxyConfig.direct())
            .connectionPoolListener(connections)
            .tlsCustomizer(tls -> {
              if (!trusted.isEmpty()) {
                tls.trustManager(trusted);
              }
            })
            .build();
  }

  /** Waits for the answer. */
  public Answer post(
      Target target,
      InetAddress address,
      Map<String, String> headers,
      byte[] body,
      Deadline deadline)
      throws EgressException, InterruptedException {
    HttpResponse response =
        client(target, address, deadline).execute(head(target, headers), HttpData.wrap(body));
    return await(response, target, deadline);
  }

  private static Answer await(HttpResponse response, Target target, Deadline deadline)
      throws EgressException, InterruptedException {
    AnswerReader reader = new AnswerReader();
    response.subscribe(reader);
    try {
      return reader.answer().get(deadline.left().plus(GRACE).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw Faults.of(e, target.secure());
    } catch (TimeoutException e) {
      throw new EgressException(Fault.TIMED_OUT, "no whole answer in time");
    } finally {
      response.abort(); // Nothing, when it has ended.
    }
  }

  private WebClient client(Target target, InetAddress address, Deadline deadline) {
    Duration left = deadline.left().plusMillis(1); // Nothing would be for ever.
    return WebClient.builder(
            target.secure() ? SessionProtocol.H1 : SessionProtocol.H1C,
            Endpoint.of(target.host().name(), target.port()).withInetAddress(address))
        .factory(factory)
        .responseTimeoutMode(ResponseTimeoutMode.FROM_START)
        .responseTimeout(left)
        .writeTimeout(left)
        .maxResponseLength(0) // The reader stops by itself, and keeps the status.
        .decorator(withPath(target.path()))
        .build();
  }

  /** The client writes paths in a way of its own; receivers get theirs as it was given. */
  private static DecoratingHttpClientFunction withPath(String path) {
    return (client, context, request) -> {
      HttpRequest exact = request.withHeaders(request.headers().toBuilder().path(path).build());
      context.updateRequest(exact);
      return client.execute(context, exact);
    };
  }

  private RequestHeaders head(Target target, Map<String, String> headers) {
    var head = RequestHeaders.builder(HttpMethod.POST, "/").authority(target.authority());
    headers.forEach(head::set);
    if (connections.count() >= kept) {
      head.set(HttpHeaderNames.CONNECTION, "close");
    }
    return head.build();
  }

  public int openConnections() {
    return connections.count();
  }

  @Override
  public void close() {
    factory.close();
    threads.shutdownGracefully(0, SECONDS_TO_END, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
