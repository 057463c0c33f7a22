package dev.switchboard.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/**
 * The build step: runs the migrations on a real PostgreSQL and writes the jOOQ classes, unless what
 * they are made from is the same as last time. Started from its source, before this module is
 * compiled.
 */
public final class GenerateSchema {
  private GenerateSchema() {}

  /**
   * Arguments: folder of the migrations, folder of this source, folder of the generated sources,
   * folder for the server and its programs, version of jOOQ.
   */
  public static void main(String[] arguments) throws Exception {
    var migrations = Path.of(arguments[0]);
    var generated = Path.of(arguments[2]);
    var fingerprint = fingerprint(arguments[4], List.of(migrations, Path.of(arguments[1])));
    var stamp = generated.resolve("fingerprint");
    if (Files.exists(stamp) && Files.readString(stamp).equals(fingerprint)) {
      return;
    }
    SchemaGenerator.run(migrations, generated, Path.of(arguments[3]));
    Files.writeString(stamp, fingerprint);
  }

  private static String fingerprint(String version, List<Path> folders)
      throws IOException, GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    digest.update(version.getBytes(UTF_8));
    for (var folder : folders) {
      for (var file : sortedFiles(folder)) {
        digest.update(file.toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static List<Path> sortedFiles(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
