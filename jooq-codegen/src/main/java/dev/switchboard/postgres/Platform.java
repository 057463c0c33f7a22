package dev.switchboard.postgres;

import java.util.Locale;

/** Operating system and processor, spelled as the archives of PostgreSQL binaries spell them. */
record Platform(String system, String processor) {

  static Platform current() {
    return of(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
  }

  static Platform of(String name, String architecture) {
    return new Platform(system(name.toLowerCase(Locale.ROOT)), processor(architecture));
  }

  String archive() {
    return "postgres-" + system + "-" + processor + ".txz";
  }

  private static String system(String name) {
    return name.startsWith("mac") ? "darwin" : name.replace(' ', '_');
  }

  private static String processor(String architecture) {
    return switch (architecture.toLowerCase(Locale.ROOT)) {
      case "amd64", "x86_64" -> "x86_64";
      case "aarch64", "arm64" -> "arm_64";
      case String other -> other;
    };
  }
}
