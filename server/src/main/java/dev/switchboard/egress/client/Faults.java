package dev.switchboard.egress.client;

import com.linecorp.armeria.client.SessionProtocolNegotiationException;
import com.linecorp.armeria.client.UnprocessedRequestException;
import com.linecorp.armeria.common.TimeoutException;
import dev.switchboard.egress.guard.EgressException;
import dev.switchboard.egress.guard.Fault;
import io.netty.handler.codec.DecoderException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from what the client throws what happened. What the other side said is never repeated. */
final class Faults {
  private static final int DEEPEST = 16;
  private static final List<Class<? extends Throwable>> NO_TLS =
      List.of(SSLException.class, SessionProtocolNegotiationException.class);

  private Faults() {}

  static EgressException of(Throwable thrown, boolean secure) {
    if (among(thrown, CertificateException.class)) {
      return fault(
          Fault.TLS_FAILED, "the certificate is not of this name, or nobody vouches for it");
    }
    if (secure && NO_TLS.stream().anyMatch(type -> among(thrown, type))) {
      return fault(Fault.TLS_FAILED, "no TLS connection could be made");
    }
    boolean unsent = among(thrown, UnprocessedRequestException.class);
    if (among(thrown, TimeoutException.class)) {
      return fault(Fault.TIMED_OUT, unsent ? "no connection in time" : "no whole answer in time");
    }
    if (unsent && secure && among(thrown, ClosedChannelException.class)) {
      return fault(Fault.TLS_FAILED, "the connection ended before there was TLS");
    }
    if (unsent) {
      return fault(Fault.CONNECT_FAILED, "no connection could be made");
    }
    return among(thrown, DecoderException.class)
        ? fault(Fault.BROKEN_ANSWER, "what came back is no HTTP, or its headers are too long")
        : fault(Fault.BROKEN_ANSWER, "the connection ended before the answer did");
  }

  private static EgressException fault(Fault fault, String words) {
    return new EgressException(fault, words);
  }

  private static boolean among(Throwable thrown, Class<? extends Throwable> type) {
    return Stream.<@Nullable Throwable>iterate(
            thrown, cause -> cause == null ? null : cause.getCause())
        .limit(DEEPEST)
        .anyMatch(type::isInstance);
  }
}
