package dev.switchboard.store.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/** Reads and makes the file of the master key. */
final class KeyFiles {
  private KeyFiles() {}

  static MasterKey load(Path path, boolean needed) {
    try {
      if (Files.exists(path)) {
        return MasterKey.parse(Files.readString(path), path.toString());
      }
      if (needed) {
        throw new KeyException(
            "The master key "
                + path
                + " is missing, and the database is encrypted with it: restore"
                + " the file. Nothing was changed.");
      }
      return create(path);
    } catch (IOException e) {
      throw new KeyException("Cannot use the master key " + path + ": " + e, e);
    }
  }

  /** On the disk before it is used: what is encrypted with a lost key is lost too. */
  private static MasterKey create(Path path) throws IOException {
    var key = MasterKey.random(new SecureRandom());
    var directory = path.toAbsolutePath().getParent();
    if (directory == null) {
      throw new KeyException("The master key cannot be " + path);
    }
    Files.createDirectories(directory);
    var unfinished = directory.resolve(path.getFileName() + ".new");
    Files.deleteIfExists(unfinished);
    write(unfinished, key.base64() + "\n");
    Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
    return key;
  }

  private static void write(Path file, String content) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = FileChannel.open(file, options, ownerOnly())) {
      var bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static FileAttribute<?> ownerOnly() {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  }
}
