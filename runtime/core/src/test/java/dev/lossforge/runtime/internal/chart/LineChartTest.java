package dev.lossforge.runtime.internal.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** The names of the lines, after the title and apart from what is said to those who point at the chart. */
    private static List<MatchResult> names(Picture picture) {
        String shown = picture.svg().replaceAll("<g class=\"at\">.*?</g></g>", "");
        return TEXT.matcher(shown).results().skip(1).toList();
    }

    private static double[] heights(String points) {
        return Stream.of(points.split(" ", -1))
                .mapToDouble(point -> Double.parseDouble(point.split(",", -1)[1]))
                .toArray();
    }

    @Test
    void theRunningMeanIsSmootherThanTheLineBehindIt() {
        double[] xs = IntStream.range(0, 100).mapToDouble(i -> 0.03 * i).toArray();
        double[] ys = IntStream.range(0, 100).mapToDouble(i -> 10 + i % 2).toArray();
        String svg = new LineChart("loss", "Loss", 3)
                .smoothedLine("training", xs, ys, Ink.SERIES_1)
                .picture()
                .svg();
        List<double[]> lines = Pattern.compile("<polyline points=\"([^\"]*)\"")
                .matcher(svg)
                .results()
                .map(match -> heights(match.group(1)))
                .toList();
        assertThat(lines).hasSize(2);
        double step = Math.abs(lines.getFirst()[99] - lines.getFirst()[98]);
        assertThat(Math.abs(lines.getLast()[99] - lines.getLast()[98])).isLessThan(0.2 * step);
    }

    @Test
    void termsAreStackedAndSayTheirOwnValues() {
        String svg = new LineChart("parts", "Parts", 2)
                .stack(List.of("a", "b"), new double[] {1, 2}, new double[][] {{3, 1}, {1, 1}})
                .picture()
                .svg();
        List<double[]> areas = Pattern.compile("<polygon points=\"([^\"]*)\"")
                .matcher(svg)
                .results()
                .map(match -> heights(match.group(1)))
                .toList();
        // Upper edge from the left, lower edge from the right: that of the second is the upper one of the first.
        assertThat(areas.get(1)[3]).isEqualTo(areas.get(0)[0]);
        assertThat(areas.get(1)[2]).isEqualTo(areas.get(0)[1]);
        assertThat(svg).contains(">a  3.000<", ">b  1.000<");
        assertThat(new LineChart("parts", "Parts", 2)
                        .stack(List.of("a", "b"), new double[] {1, 2}, new double[][] {{3, 1}, {-1, 1}})
                        .picture()
                        .svg())
                .doesNotContain("<polygon");
    }

    @Test
    void aNoteHasRoomInItsChart() {
        String svg = chart(40, "run").picture().svg();
        assertThat(svg.split("<g class=\"at\">", -1)[1].split("<text", -1)).hasSize(13);
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
