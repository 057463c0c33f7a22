package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The folder of one embedded PostgreSQL and the names inside it. It is only taken into use when it
 * is empty, or when all that it holds was made by us.
 */
record PostgresDirectory(Path root) {
  static final String MAJOR_VERSION = "18";

  private static final Set<String> OWN_NAMES =
      Set.of("lock", "password", "postgres.log", "cluster", "cluster.new");

  PostgresDirectory {
    root = root.toAbsolutePath().normalize();
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path password() {
    return root.resolve("password");
  }

  Path log() {
    return root.resolve("postgres.log");
  }

  Path cluster() {
    return root.resolve("cluster");
  }

  /** Where a cluster is made before it gets its name, so that a half-made one is never used. */
  Path unfinishedCluster() {
    return root.resolve("cluster.new");
  }

  Path pidFile() {
    return cluster().resolve("postmaster.pid");
  }

  boolean hasCluster() {
    return Files.exists(cluster());
  }

  void create() {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new PostgresException("Cannot create the folder " + root + ": " + e, e);
    }
    requireOwnContent();
  }

  private void requireOwnContent() {
    try (var entries = Files.list(root)) {
      for (var entry : (Iterable<Path>) entries::iterator) {
        var name = Directories.nameOf(entry);
        if (!OWN_NAMES.contains(name)) {
          throw new PostgresException(
              root
                  + " holds something that Switchboard did not put there: "
                  + name
                  + ". Nothing was changed; choose another data directory.");
        }
      }
    } catch (IOException e) {
      throw new PostgresException("Cannot read the folder " + root + ": " + e, e);
    }
  }

  /** Refuses a cluster that this PostgreSQL cannot serve. */
  void requireUsableCluster() {
    var version = read(cluster().resolve("PG_VERSION"), "is not a PostgreSQL cluster");
    if (!version.equals(MAJOR_VERSION)) {
      throw new PostgresException(
          cluster()
              + " was made by PostgreSQL "
              + version
              + ", and this build runs "
              + MAJOR_VERSION
              + ". Nothing was changed; start the version that made it, dump it and load the dump"
              + " into a new data directory.");
    }
    var _ = readPassword();
  }

  String readPassword() {
    return read(password(), "has lost its password file; restore it from a backup");
  }

  private String read(Path file, String otherwise) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new PostgresException(
          cluster() + " " + otherwise + ": cannot read " + file + ". Nothing was changed.", e);
    }
  }
}
