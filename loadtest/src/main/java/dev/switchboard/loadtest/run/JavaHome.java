package dev.switchboard.loadtest.run;

import java.nio.file.Path;

/** The JDK that this program runs on; the programs under test run on the same. */
public final class JavaHome {
  private JavaHome() {}

  /** The path of one of its programs, such as {@code java} or {@code jcmd}. */
  public static String program(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }
}
