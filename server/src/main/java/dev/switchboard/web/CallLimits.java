package dev.switchboard.web;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import dev.switchboard.grpc.GrpcServer;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Lets streams live as long as their callers want, and callers send more in one than in a single
 * request; other calls keep the server's limits.
 */
final class CallLimits implements DecoratingHttpServiceFunction {
  private final Set<String> ofServer;
  private final Set<String> ofCaller;
  private final long streamBytes;

  /**
   * @param streamBytes how much a caller's stream may weigh: what is more is refused by the call
   *     itself, which says so
   */
  CallLimits(List<ServerServiceDefinition> services, long streamBytes) {
    this.ofServer = paths(services, type -> !type.serverSendsOneMessage());
    this.ofCaller = paths(services, type -> !type.clientSendsOneMessage());
    this.streamBytes = streamBytes + GrpcServer.REQUEST_LIMIT_BYTES;
  }

  private static Set<String> paths(
      List<ServerServiceDefinition> services, Predicate<MethodDescriptor.MethodType> which) {
    return services.stream()
        .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
        .filter(method -> which.test(method.getType()))
        .map(MethodDescriptor::getFullMethodName)
        .map(name -> "/" + name)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    if (ofServer.contains(context.path())) {
      context.clearRequestTimeout();
    }
    if (ofCaller.contains(context.path())) {
      context.setMaxRequestLength(streamBytes);
    }
    return delegate.serve(context, request);
  }
}
