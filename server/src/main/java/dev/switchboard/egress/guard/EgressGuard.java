package dev.switchboard.egress.guard;

import dev.switchboard.model.GatewayException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Says where requests may go. A name is looked up once, every address that it has is judged, and
 * only what was judged is connected to: so no name can show one address and lead to another.
 */
public final class EgressGuard implements AutoCloseable {
  private final EgressPolicy policy;
  private final Lookups lookups;

  public EgressGuard(EgressPolicy policy, Resolver resolver) {
    this.policy = policy;
    this.lookups = new Lookups(resolver);
  }

  /**
   * What can be said of a URL without looking its name up.
   *
   * @throws GatewayException INVALID_FIELD of {@code url}
   */
  public Target check(String url) {
    Target target = Target.of(url);
    Optional<String> objection =
        target
            .host()
            .literal()
            .map(address -> policy.objection(target, address))
            .orElseGet(() -> policy.objectionToName(target));
    objection.ifPresent(words -> {
      throw Target.invalid(words);
    });
    return target;
  }

  /** The addresses to connect to, in the resolver's order; all of them may be reached. */
  public List<InetAddress> admit(Target target, Deadline deadline)
      throws EgressException, InterruptedException {
    List<InetAddress> addresses =
        target.host().literal().isPresent()
            ? List.of(target.host().literal().get())
            : lookups.lookUp(target.host().name(), deadline);
    for (InetAddress address : addresses) {
      Optional<String> objection = policy.objection(target, address);
      if (objection.isPresent()) {
        throw new EgressException(Fault.REFUSED, "the URL " + objection.get());
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    lookups.close();
  }
}
