package dev.switchboard.egress.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks names up. May block. */
@FunctionalInterface
public interface Resolver {
  /** All addresses of a name, at least one. */
  List<InetAddress> resolve(String name) throws UnknownHostException;

  /** As the machine does it: files, then DNS; remembered for as long as the JDK is told to. */
  static Resolver ofMachine() {
    return name -> List.of(InetAddress.getAllByName(name));
  }
}
