package dev.switchboard.grpc;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.switchboard.access.ApiKeys;
import dev.switchboard.grpc.call.AccessInterceptor;
import dev.switchboard.grpc.call.CallMetrics;
import dev.switchboard.grpc.call.FieldRules;
import dev.switchboard.grpc.call.RefusalInterceptor;
import dev.switchboard.grpc.call.ValidationInterceptor;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoServiceDescriptorSupplier;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.Stream;

/** The public services with all that surrounds their calls, the same on every surface. */
public final class ApiServices {
  private final List<ServerServiceDefinition> definitions;
  private final AccessInterceptor access;

  public ApiServices(
      List<BindableService> services, ApiKeys keys, RandomIds errorIds, MeterRegistry metrics) {
    List<ServerServiceDefinition> bare =
        services.stream().map(BindableService::bindService).toList();
    FieldRules rules = new FieldRules(bare.stream().flatMap(ApiServices::requests).toList());
    this.access = new AccessInterceptor(keys);
    // Applied from the last to the first: refusals are told whoever makes them, and counted.
    List<ServerInterceptor> around =
        List.of(
            new ValidationInterceptor(rules),
            access,
            new RefusalInterceptor(errorIds::next),
            new CallMetrics(metrics));
    this.definitions =
        bare.stream().map(service -> ServerInterceptors.intercept(service, around)).toList();
  }

  public List<ServerServiceDefinition> definitions() {
    return definitions;
  }

  /** Whether the caller shows a key that is known without asking storage. */
  boolean knows(Metadata headers) {
    return access.knows(headers);
  }

  private static Stream<Descriptor> requests(ServerServiceDefinition service) {
    if (!(service.getServiceDescriptor().getSchemaDescriptor()
        instanceof ProtoServiceDescriptorSupplier schema)) {
      throw new IllegalArgumentException("a service without a .proto file");
    }
    return schema.getServiceDescriptor().getMethods().stream().map(MethodDescriptor::getInputType);
  }
}
