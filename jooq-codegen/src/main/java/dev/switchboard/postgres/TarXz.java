package dev.switchboard.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks a tar archive compressed with xz, links and executable bits included. */
final class TarXz {
  private static final int ANY_EXECUTE = 0111;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  private TarXz() {}

  static void unpack(InputStream input, Path directory) throws IOException {
    setPermissions(directory, ANY_EXECUTE);
    try (var tar = new TarArchiveInputStream(new XZCompressorInputStream(input))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!isStaticLibrary(entry)) {
          write(tar, entry, directory);
        }
      }
    }
  }

  /** Half of what the archive unpacks to serves compilers only. */
  private static boolean isStaticLibrary(TarArchiveEntry entry) {
    return entry.getName().endsWith(".a");
  }

  private static void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory)
      throws IOException {
    var target = directory.resolve(entry.getName()).normalize();
    if (!target.startsWith(directory)) {
      throw new IOException("The archive points outside of itself: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      setPermissions(target, ANY_EXECUTE);
      return;
    }
    Files.createDirectories(Directories.parentOf(target));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.copy(directory.resolve(entry.getLinkName()).normalize(), target);
    } else {
      Files.copy(tar, target);
      setPermissions(target, entry.getMode());
    }
  }

  /** Set explicitly: with a tight umask the user that PostgreSQL runs as could not read them. */
  private static void setPermissions(Path path, int mode) throws IOException {
    if (POSIX) {
      var executable = (mode & ANY_EXECUTE) != 0;
      Files.setPosixFilePermissions(
          path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }
  }
}
