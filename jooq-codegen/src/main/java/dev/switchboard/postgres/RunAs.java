package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How PostgreSQL's programs are started so that they do not see themselves as root, which they
 * refuse. A normal user needs nothing; root steps into a user namespace, where it has no privileges
 * and still owns its files; where that is forbidden, root becomes an unprivileged user, which then
 * must own the cluster.
 *
 * @param prefix what goes in front of every command
 * @param owner who must own the cluster; null leaves it as it is
 */
record RunAs(List<String> prefix, @Nullable UserPrincipal owner) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> NAMESPACE = List.of("unshare", "-U");
  private static final List<String> UNPRIVILEGED_USERS = List.of("postgres", "nobody");

  RunAs {
    prefix = List.copyOf(prefix);
  }

  /** Chooses for {@code cluster}, which need not exist yet. */
  static RunAs choose(Path cluster) {
    if (!isRoot()) {
      return new RunAs(List.of(), null);
    }
    return ownerBesideRoot(cluster)
        .or(RunAs::namespace)
        .or(RunAs::unprivilegedUser)
        .orElseThrow(() ->
            new PostgresException(
                "PostgreSQL does not run as root, and neither `unshare -U` nor `setpriv` works"
                    + " here: start as a normal user, or give the JDBC URL of a PostgreSQL."));
  }

  static Optional<RunAs> namespace() {
    return works(NAMESPACE) ? Optional.of(new RunAs(NAMESPACE, null)) : Optional.empty();
  }

  static Optional<RunAs> unprivilegedUser() {
    return UNPRIVILEGED_USERS.stream().flatMap(user -> user(user).stream()).findFirst();
  }

  /** Gives {@code path} and all below it to the user that PostgreSQL runs as. */
  void own(Path path) {
    if (owner == null) {
      return;
    }
    try (var files = Files.walk(path)) {
      for (var file : (Iterable<Path>) files::iterator) {
        Files.setOwner(file, owner);
      }
    } catch (IOException e) {
      throw new PostgresException("Cannot give " + path + " to the user " + owner.getName(), e);
    }
  }

  /** Fails with a clear message when {@code directory} is out of reach for that user. */
  void requireReach(Path directory) {
    if (!Command.of(prefix, "test", "-x", directory.toString()).run("", TIMEOUT).succeeded()) {
      throw new PostgresException(
          "PostgreSQL cannot run as root, and the user it would run as cannot enter "
              + directory
              + ": choose a data directory it can reach, start as a normal user, or give the JDBC"
              + " URL of a PostgreSQL.");
    }
  }

  /** A cluster that another user owns can only be served by that user. */
  private static Optional<RunAs> ownerBesideRoot(Path cluster) {
    try {
      if (!Files.isDirectory(cluster)) {
        return Optional.empty();
      }
      var owner = Files.getOwner(cluster).getName();
      return owner.equals("root") ? Optional.empty() : user(owner);
    } catch (IOException e) {
      throw new PostgresException("Cannot read who owns " + cluster, e);
    }
  }

  private static Optional<RunAs> user(String name) {
    var prefix = List.of("setpriv", "--reuid=" + name, "--regid=" + groupOf(name), "--init-groups");
    if (!works(prefix)) {
      return Optional.empty();
    }
    try {
      var principals = Path.of("/").getFileSystem().getUserPrincipalLookupService();
      return Optional.of(new RunAs(prefix, principals.lookupPrincipalByName(name)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String groupOf(String user) {
    return Command.of(List.of(), "id", "-g", user).run("", TIMEOUT).output();
  }

  private static boolean works(List<String> prefix) {
    return Command.of(prefix, "true").run("", TIMEOUT).succeeded();
  }

  private static boolean isRoot() {
    return Command.of(List.of(), "id", "-u").run("", TIMEOUT).output().equals("0");
  }
}
