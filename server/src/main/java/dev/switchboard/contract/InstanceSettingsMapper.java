package dev.switchboard.contract;

import com.google.protobuf.FieldMask;
import dev.switchboard.api.v1.CreateInstanceRequest;
import dev.switchboard.api.v1.Instance;
import dev.switchboard.api.v1.ProxyScheme;
import dev.switchboard.api.v1.UpdateInstanceRequest;
import dev.switchboard.model.GatewayException;
import dev.switchboard.model.instance.InstanceSettings;
import dev.switchboard.model.instance.Proxy;
import dev.switchboard.model.instance.Proxy.Credentials;
import dev.switchboard.model.instance.Route;
import dev.switchboard.model.pacing.PacingPolicy;
import java.util.Set;
import java.util.function.UnaryOperator;

/** What callers choose for an instance, and the changes of it. */
public final class InstanceSettingsMapper {
  private static final String DISPLAY_NAME = "display_name";
  private static final String PROXY = "proxy";
  private static final String PACING = "pacing";
  private static final String EVERYTHING = "*";
  private static final Set<String> PATHS = Set.of(DISPLAY_NAME, PROXY, PACING, EVERYTHING);

  private InstanceSettingsMapper() {}

  /** What a new instance begins with. */
  public static InstanceSettings initial(CreateInstanceRequest request) {
    return new InstanceSettings(
        request.getDisplayName(),
        request.hasProxy() ? toModel(request.getProxy()) : new Route.Direct(),
        request.hasPacing() ? PacingMapper.toModel(request.getPacing()) : null);
  }

  /** What the request changes; refused when it names what callers cannot change. */
  public static UnaryOperator<InstanceSettings> change(UpdateInstanceRequest request) {
    Instance given = request.getInstance();
    boolean names;
    boolean routes;
    boolean paces;
    if (request.hasUpdateMask()) {
      FieldMask mask = request.getUpdateMask();
      mask.getPathsList().forEach(InstanceSettingsMapper::requireKnown);
      names = holds(mask, DISPLAY_NAME);
      routes = holds(mask, PROXY);
      paces = holds(mask, PACING);
    } else {
      names = !given.getDisplayName().isEmpty();
      routes = given.hasProxy();
      paces = given.hasPacing();
    }
    Route route = routes && given.hasProxy() ? toModel(given.getProxy()) : new Route.Direct();
    PacingPolicy pacing =
        paces && given.hasPacing() ? PacingMapper.toModel(given.getPacing()) : null;
    return now ->
        new InstanceSettings(
            names ? given.getDisplayName() : now.displayName(),
            routes ? route : now.route(),
            paces ? pacing : now.pacing());
  }

  /** The proxy without its password. */
  static dev.switchboard.api.v1.Proxy toContract(Proxy proxy) {
    var contract =
        dev.switchboard.api.v1.Proxy.newBuilder()
            .setScheme(ContractNames.toContract(ProxyScheme.class, "PROXY_SCHEME_", proxy.scheme()))
            .setHost(proxy.host())
            .setPort(proxy.port());
    proxy
        .knownCredentials()
        .ifPresent(shown -> contract.setUsername(shown.username()).setHasPassword(true));
    return contract.build();
  }

  private static Proxy toModel(dev.switchboard.api.v1.Proxy proxy) {
    if (proxy.getHasPassword() && proxy.getPassword().isEmpty()) {
      throw GatewayException.invalidField(
          "proxy.password", "must be given again with the proxy: it is never returned");
    }
    return new Proxy(
        ContractNames.toModel(
            Proxy.Scheme.class, "PROXY_SCHEME_", proxy.getScheme(), "proxy.scheme"),
        proxy.getHost(),
        proxy.getPort(),
        proxy.getUsername().isEmpty()
            ? null
            : new Credentials(proxy.getUsername(), proxy.getPassword()));
  }

  private static void requireKnown(String path) {
    if (!PATHS.contains(path)) {
      throw GatewayException.invalidField(
          "update_mask", "must name display_name, proxy, pacing or *");
    }
  }

  private static boolean holds(FieldMask mask, String path) {
    return mask.getPathsList().contains(path) || mask.getPathsList().contains(EVERYTHING);
  }
}
