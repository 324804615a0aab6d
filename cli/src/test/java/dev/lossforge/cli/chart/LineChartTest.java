package dev.lossforge.cli.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.samples.lesson.Ink;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LineChartTest {
    private static final double[] ENDS = {0, 3};
    private static final Pattern TEXT =
            Pattern.compile("<text x=\"([\\d.]+)\" y=\"([\\d.]+)\" text-anchor=\"start\"[^>]*>([^<]*)</text>");

    private static LineChart chart(int runs, String name) {
        LineChart chart = new LineChart("loss", "Loss in nats", 3);
        for (int i = 0; i < runs; i++) {
            chart.line(name + i, ENDS, new double[] {2, 1}, Ink.series(i));
        }
        return chart;
    }

    /** The names of the lines, after the title. */
    private static List<MatchResult> names(Picture picture) {
        return TEXT.matcher(picture.svg()).results().skip(1).toList();
    }

    @Test
    void theNamesOfManyLinesHaveRoomAboveThePlot() {
        Picture one = chart(2, "20260131-12000").picture();
        Picture many = chart(9, "20260131-12000").picture();
        List<MatchResult> names = names(many);
        assertThat(names).hasSize(9).allSatisfy(name -> {
            double end = Double.parseDouble(name.group(1)) + 7 * name.group(3).length();
            assertThat(end).isLessThan(many.width());
        });
        assertThat(names)
                .extracting(name -> name.group(1) + " " + name.group(2))
                .doesNotHaveDuplicates();
        double lowest = Double.parseDouble(names.getLast().group(2));
        double lowestOfOne = Double.parseDouble(names(one).getLast().group(2));
        assertThat(many.height() - lowest).isEqualTo(one.height() - lowestOfOne);
    }

    @Test
    void aLineThatIsAloneIsNamedByTheTitle() {
        assertThat(names(chart(1, "run").picture())).isEmpty();
    }

    @Test
    void aNameThatIsTooLongIsCut() {
        assertThat(names(chart(2, "x".repeat(200)).picture()))
                .extracting(name -> name.group(3))
                .containsExactly("…" + "x".repeat(28) + "0", "…" + "x".repeat(28) + "1");
    }

    @Test
    void aMarkIsNotNamedButSaysWhatItIs() {
        Picture picture =
                chart(2, "run").mark("run, test", 3, 1.5, Ink.series(0)).picture();
        assertThat(names(picture)).hasSize(2);
        assertThat(picture.svg()).contains("<title>run, test: 1.5000 after epoch 3.000</title>");
    }

    @Test
    void withoutAnyValueItSaysSo() {
        assertThat(new LineChart("loss", "Loss", 3).picture().svg()).contains("no values yet");
        assertThat(chart(0, "")
                        .line("nan", ENDS, new double[] {Double.NaN, Double.NaN}, Ink.SERIES_1)
                        .picture()
                        .svg())
                .contains("no values yet");
    }
}
