package dev.switchboard.web;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lets streams live as long as their callers want; other calls keep the server's time limit. */
final class CallTimeout implements DecoratingHttpServiceFunction {
  private final Set<String> streams;

  CallTimeout(List<ServerServiceDefinition> services) {
    this.streams =
        services.stream()
            .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
            .filter(method -> !method.getType().serverSendsOneMessage())
            .map(MethodDescriptor::getFullMethodName)
            .map(name -> "/" + name)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public HttpResponse serve(
      HttpService delegate, ServiceRequestContext context, HttpRequest request) throws Exception {
    if (streams.contains(context.path())) {
      context.clearRequestTimeout();
    }
    return delegate.serve(context, request);
  }
}
