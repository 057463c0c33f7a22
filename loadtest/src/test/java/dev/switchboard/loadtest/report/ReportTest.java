package dev.switchboard.loadtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.loadtest.measure.Machine;
import dev.switchboard.loadtest.measure.MachineTime;
import dev.switchboard.loadtest.report.Chart.Axis;
import dev.switchboard.loadtest.report.Chart.Line;
import dev.switchboard.loadtest.report.Chart.Point;
import dev.switchboard.loadtest.result.ResultLine;
import dev.switchboard.loadtest.result.Table;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class ReportTest {
  private static final Machine MACHINE =
      new Machine(
          "a processor",
          4,
          24_000,
          "Linux 6",
          "25",
          "ext4 /dev/a, 9 GB",
          "abc",
          0.25,
          MachineTime.none());

  @Test
  void tellsTheMachineTheCommitAndTheResultInEveryForm() {
    Report report = report("plain");
    assertThat(report.text()).contains("4 cores (a processor)", "commit abc", "ext4 /dev/a");
    assertThat(report.html()).contains("4 cores (a processor)", "commit abc", "RESULT try n=1");
    assertThat(report.json()).containsEntry("result", "RESULT try n=1").containsKey("machine");
  }

  @Test
  void tellsWhatOtherMachinesTookDuringTheRun() {
    Machine begun = MACHINE.after(time(100, 10));
    Report ended = report("plain").on(begun.after(time(200, 35)));
    assertThat(ended.text()).contains("other machines on the host took 25.0 % of the processors");
    assertThat(ended.html()).contains("took 25.0 % of the processors");
  }

  private static MachineTime time(long all, long stolen) {
    return new MachineTime(
        Duration.ofSeconds(stolen), Duration.ofSeconds(all), Duration.ofSeconds(stolen));
  }

  @Test
  void needsNothingFromElsewhere() {
    assertThat(report("plain").html()).doesNotContain("http", "<script", "<link", "src=");
  }

  @Test
  void takesMarksOfTheLanguageAsText() {
    assertThat(report("a < b & \"c\"").html())
        .contains("a &lt; b &amp; &quot;c&quot;")
        .doesNotContain("a < b");
  }

  @Test
  void drawsPlotsThatAreWellFormed() throws Exception {
    String html = report("a < b").html();
    String svg = html.substring(html.indexOf("<svg"), html.indexOf("</svg>") + "</svg>".length());
    var drawing =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(drawing.getElementsByTagName("polyline").getLength()).isEqualTo(1);
  }

  private static Report report(String name) {
    var chart =
        new Chart(
            name,
            Axis.percentiles(),
            Axis.logarithmic("ms"),
            List.of(new Line(name, List.of(new Point(50, 1), new Point(99.9, 40)))),
            List.of(99.0));
    return new Report(
        "try",
        name,
        MACHINE,
        List.of(
            new Section.Words(name),
            new Section.Figures(name, new Table("a", "b").row(name, "2")),
            new Section.Plot(chart)),
        Map.of("n", 1),
        new ResultLine("try").with("n", 1));
  }
}
