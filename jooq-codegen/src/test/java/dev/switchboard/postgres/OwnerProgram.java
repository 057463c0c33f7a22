package dev.switchboard.postgres;

import java.nio.file.Path;

/** A JVM that owns a server until it is killed; started by {@link KilledOwnerIT}. */
final class OwnerProgram {
  private OwnerProgram() {}

  public static void main(String[] arguments) throws Exception {
    var postgres = Servers.start(Path.of(arguments[0]));
    Servers.execute(postgres, "CREATE TABLE committed AS SELECT 'yes' AS answer");
    System.out.println("ready");
    Thread.sleep(Long.MAX_VALUE);
  }
}
