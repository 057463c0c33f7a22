package dev.switchboard.loadtest.stage;

import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.report.Report;
import dev.switchboard.loadtest.result.ResultDirectory;
import dev.switchboard.loadtest.run.Progress;

/** What every run ends with: the files, the text, and the line of the result. */
public final class Publication {
  private Publication() {}

  public static void publish(Report found, ResultDirectory results, Progress progress) {
    Report report = found.on(found.machine().after(MachineTime.now()));
    results.write(report.run(), report.json(), report.text(), report.html());
    progress.say("the results are in %s", results.path());
    progress.print("\n" + report.text() + "\n");
    progress.print(report.line().toString());
  }
}
