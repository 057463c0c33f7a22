package dev.switchboard.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * A real PostgreSQL in a folder: on the loopback interface only, with a random password, and
 * writing through to the disk. It ends with this JVM; should both have been killed, the next start
 * ends what is left of it. A server that dies by itself is started again on the same port.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  static final String USER = "switchboard";
  static final String DATABASE = "switchboard";

  private final DirectoryLock lock;
  private final Supervisor supervisor;
  private final String password;
  private final int port;

  private EmbeddedPostgres(DirectoryLock lock, Supervisor supervisor, String password, int port) {
    this.lock = lock;
    this.supervisor = supervisor;
    this.password = password;
    this.port = port;
  }

  /**
   * Starts the server of {@code directory}, which is made when it is absent; the programs are
   * unpacked into {@code cache}, which several processes may share.
   *
   * @throws PostgresException if it cannot run; what was in the folder is still there
   */
  public static EmbeddedPostgres start(Path directory, Path cache) {
    var folder = new PostgresDirectory(directory);
    var binaries = Binaries.unpack(cache, Platform.current());
    return start(folder, binaries, RunAs.choose(folder.cluster()));
  }

  static EmbeddedPostgres start(PostgresDirectory directory, Binaries binaries, RunAs runAs) {
    directory.create();
    var lock = DirectoryLock.acquire(directory.lock());
    try {
      prepare(directory, binaries, runAs);
      var port = freePort();
      var postmaster = new Postmaster(directory, binaries, runAs);
      postmaster.stopOrphan();
      var supervisor =
          Supervisor.start(() -> Guard.start(directory, binaries, runAs, port), postmaster);
      return new EmbeddedPostgres(lock, supervisor, directory.readPassword(), port);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void prepare(PostgresDirectory directory, Binaries binaries, RunAs runAs) {
    runAs.own(directory.root());
    runAs.requireReach(directory.root());
    if (!directory.hasCluster()) {
      new Initialisation(directory, binaries, runAs, new SecureRandom()).run();
    }
    directory.requireUsableCluster();
  }

  /**
   * Free now; should another program take it within the next moments, the start fails and says so.
   */
  private static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new PostgresException("There is no free port for PostgreSQL", e);
    }
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE;
  }

  public String user() {
    return USER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** Stops the server: open connections break, all that was committed stays. */
  @Override
  public void close() {
    supervisor.close();
    lock.close();
  }
}
