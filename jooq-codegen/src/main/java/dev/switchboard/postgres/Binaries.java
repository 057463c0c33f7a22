package dev.switchboard.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's programs, unpacked once into a cache folder that several processes may share. */
final class Binaries {
  private static final int FINGERPRINT_DIGITS = 16;

  private final Path directory;

  private Binaries(Path directory) {
    this.directory = directory;
  }

  /** Unpacks the archive that this build carries for {@code platform}, unless that was done. */
  static Binaries unpack(Path cache, Platform platform) {
    var archive = platform.archive();
    try {
      var name = archive.replace(".txz", "") + "-" + fingerprint(archive);
      var directory = cache.toAbsolutePath().normalize().resolve(name);
      if (!Files.isDirectory(directory)) {
        unpack(archive, directory);
      }
      return new Binaries(directory);
    } catch (IOException e) {
      throw new PostgresException("Cannot unpack PostgreSQL into " + cache + ": " + e, e);
    }
  }

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  private static void unpack(String archive, Path directory) throws IOException {
    var cache = Files.createDirectories(Directories.parentOf(directory));
    // Unpacked beside its place and then renamed: what has the final name is complete.
    var partial = Files.createTempDirectory(cache, "partial-");
    try (var input = open(archive)) {
      TarXz.unpack(input, partial);
      Directories.moveUnlessPresent(partial, directory);
    } finally {
      Directories.deleteAll(partial);
    }
  }

  private static String fingerprint(String archive) throws IOException {
    try (var input = open(archive)) {
      var digest = MessageDigest.getInstance("SHA-256");
      var buffer = new byte[1 << 16];
      for (var read = input.read(buffer); read >= 0; read = input.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, FINGERPRINT_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static InputStream open(String archive) {
    @Nullable InputStream input = Binaries.class.getResourceAsStream("/" + archive);
    if (input == null) {
      throw new PostgresException(
          "This build carries no PostgreSQL for this platform ("
              + archive
              + " is absent): give the JDBC URL of a PostgreSQL 15 or newer in the configuration.");
    }
    return new BufferedInputStream(input);
  }
}
