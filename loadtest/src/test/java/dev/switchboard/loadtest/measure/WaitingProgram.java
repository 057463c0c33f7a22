package dev.switchboard.loadtest.measure;

import java.io.IOException;

/** A JVM to measure: does nothing until its input ends. */
final class WaitingProgram {
  private WaitingProgram() {}

  public static void main(String[] arguments) throws IOException {
    System.out.println("waiting");
    var _ = System.in.read();
  }
}
