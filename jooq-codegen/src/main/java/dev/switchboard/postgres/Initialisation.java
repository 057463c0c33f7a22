package dev.switchboard.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;

/** Makes a new cluster: a password, initdb, and the one database. */
final class Initialisation {
  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int PASSWORD_BYTES = 32;

  private final PostgresDirectory directory;
  private final Binaries binaries;
  private final RunAs runAs;
  private final SecureRandom random;

  Initialisation(PostgresDirectory directory, Binaries binaries, RunAs runAs, SecureRandom random) {
    this.directory = directory;
    this.binaries = binaries;
    this.runAs = runAs;
    this.random = random;
  }

  void run() {
    try {
      var unfinished = directory.unfinishedCluster();
      Directories.deleteAll(unfinished);
      Files.createDirectory(unfinished);
      writePassword();
      runAs.own(directory.root());
      makeCluster(unfinished);
      makeDatabase(unfinished);
      Files.move(unfinished, directory.cluster(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new PostgresException("Cannot make a cluster in " + directory.root() + ": " + e, e);
    }
  }

  private void writePassword() throws IOException {
    var file = directory.password();
    Files.deleteIfExists(file);
    if (Files.getFileStore(directory.root()).supportsFileAttributeView("posix")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    }
    var bytes = new byte[PASSWORD_BYTES];
    random.nextBytes(bytes);
    Files.writeString(file, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private void makeCluster(Path cluster) {
    var initdb =
        Command.of(
            runAs.prefix(),
            binaries.program("initdb").toString(),
            "--pgdata=" + cluster,
            "--username=" + EmbeddedPostgres.USER,
            "--pwfile=" + directory.password(),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // PostgreSQL's own collation: the order of rows is the same on every machine.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    require(initdb.run("", TIMEOUT), "initdb");
  }

  /** In single-user mode, so that no server runs before the cluster is complete. */
  private void makeDatabase(Path cluster) {
    var single =
        Command.of(
            runAs.prefix(),
            binaries.program("postgres").toString(),
            "--single",
            "-D",
            cluster.toString(),
            "postgres");
    require(single.run("CREATE DATABASE " + EmbeddedPostgres.DATABASE + "\n", TIMEOUT), "postgres");
  }

  private static void require(Command.Outcome outcome, String program) {
    if (!outcome.succeeded() || outcome.output().contains("ERROR:")) {
      throw new PostgresException(
          program + " failed with code " + outcome.exitCode() + ":\n" + outcome.output());
    }
  }
}
