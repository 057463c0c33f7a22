package dev.switchboard.web;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.common.TlsKeyPair;
import com.linecorp.armeria.common.grpc.GrpcSerializationFormats;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingOptions;
import com.linecorp.armeria.server.grpc.HttpJsonTranscodingQueryParamMatchRule;
import com.linecorp.armeria.server.grpc.UnframedGrpcErrorHandler;
import com.linecorp.armeria.server.prometheus.PrometheusExpositionService;
import dev.switchboard.grpc.ApiServices;
import dev.switchboard.grpc.GrpcServer;
import dev.switchboard.grpc.ListenAddress;
import io.grpc.ServerServiceDefinition;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** The HTTP listener: grpc-web, JSON, the docs page, health, readiness and metrics. */
public final class WebServer implements AutoCloseable {
  static final String DOCS = "/docs";

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(2);
  private static final int CONNECTION_LIMIT = 10_000;

  private final Server server;

  private WebServer(Server server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param ready whether calls can be served now, told by {@code /readyz}
   * @throws UncheckedIOException when the address cannot be had, naming it
   */
  public static WebServer start(
      WebConfig config,
      ApiServices services,
      PrometheusMeterRegistry metrics,
      BooleanSupplier ready) {
    ListenAddress address = config.address();
    ServerBuilder builder = Server.builder();
    listen(builder, address);
    builder
        .blockingTaskExecutor(new VirtualThreadExecutor(), true)
        .meterRegistry(metrics)
        .requestTimeout(REQUEST_LIMIT)
        .idleTimeout(IDLE_LIMIT)
        .maxNumConnections(CONNECTION_LIMIT)
        .maxRequestLength(GrpcServer.REQUEST_LIMIT_BYTES)
        .gracefulShutdownTimeout(Duration.ofSeconds(1), Duration.ofSeconds(5))
        .disableServerHeader();
    builder
        .service(api(services))
        .serviceUnder(DOCS, ApiDocs.service())
        .service("/", (context, request) -> HttpResponse.ofRedirect(DOCS + "/"))
        .service("/healthz", (context, request) -> HttpResponse.of("alive\n"))
        .service("/readyz", readiness(ready))
        .service("/metrics", PrometheusExpositionService.of(metrics.getPrometheusRegistry()));
    builder.decorator(new CallLimits(services.definitions(), config.streamBytes()));
    builder.decorator(new ResponseHeaders(address.certificate() != null));
    if (!config.corsOrigins().isEmpty()) {
      builder.decorator(
          CorsService.builder(config.corsOrigins())
              .allowRequestMethods(
                  HttpMethod.GET, HttpMethod.POST, HttpMethod.PATCH, HttpMethod.DELETE)
              .allowAllRequestHeaders(true)
              .exposeHeaders("grpc-status", "grpc-message", "grpc-status-details-bin")
              .maxAge(Duration.ofHours(1))
              .newDecorator());
    }
    return start(builder.build(), address);
  }

  /** The port that it listens on. */
  public int port() {
    return server.activeLocalPort();
  }

  @Override
  public void close() {
    server.stop().join();
  }

  private static WebServer start(Server server, ListenAddress address) {
    try {
      server.start().join();
    } catch (CompletionException e) {
      server.stop().join();
      throw new UncheckedIOException(
          new IOException(
              "cannot listen for HTTP on " + address.host() + ":" + address.port(), e.getCause()));
    }
    return new WebServer(server);
  }

  private static void listen(ServerBuilder builder, ListenAddress address) {
    if (address.certificate() == null) {
      builder.port(address.socketAddress(), SessionProtocol.HTTP);
    } else {
      builder.port(address.socketAddress(), SessionProtocol.HTTPS);
      builder.tls(
          TlsKeyPair.of(
              address.certificate().key().toFile(), address.certificate().chain().toFile()));
    }
  }

  /** The docs page calls by unframed JSON under the names of gRPC; other JSON has its own paths. */
  private static GrpcService api(ApiServices services) {
    UnframedGrpcErrorHandler errors = UnframedGrpcErrorHandler.ofJson();
    return GrpcService.builder()
        .addServiceDefinitions(services.definitions().toArray(new ServerServiceDefinition[0]))
        .supportedSerializationFormats(GrpcSerializationFormats.values())
        .maxRequestMessageLength(GrpcServer.REQUEST_LIMIT_BYTES)
        .enableUnframedRequests(true)
        .unframedGrpcErrorHandler(errors)
        .enableHttpJsonTranscoding(
            HttpJsonTranscodingOptions.builder()
                .queryParamMatchRules(
                    HttpJsonTranscodingQueryParamMatchRule.ORIGINAL_FIELD,
                    HttpJsonTranscodingQueryParamMatchRule.LOWER_CAMEL_CASE)
                .errorHandler(errors)
                .build())
        .useBlockingTaskExecutor(true)
        .useClientTimeoutHeader(true)
        .build();
  }

  /** Readiness may have to ask the database, so it is asked on a blocking thread. */
  private static HttpService readiness(BooleanSupplier ready) {
    return (context, request) ->
        HttpResponse.of(
            CompletableFuture.supplyAsync(
                () -> readiness(ready.getAsBoolean()), context.blockingTaskExecutor()));
  }

  private static HttpResponse readiness(boolean ready) {
    return ready
        ? HttpResponse.of("ready\n")
        : HttpResponse.builder()
            .status(HttpStatus.SERVICE_UNAVAILABLE)
            .content("not ready\n")
            .build();
  }
}
