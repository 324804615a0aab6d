package dev.lossforge.cli.plot;

import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossFactory;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A loss on the left and its gradient on the right. The background is transparent. Lines and text have colours of
 * medium lightness, which are legible on dark and on white pages.
 */
public final class CurvePicture {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 420;

    /** The additional width of the right half, for the legend of both halves. */
    private static final int LEGEND_WIDTH = 190;

    /** Its contrast is at least 4 : 1 to both white and near-black. */
    static final Color TEXT = new Color(0x78, 0x7c, 0x82);

    private static final Color GRID = new Color(0x78, 0x7c, 0x82, 0x40);
    private static final Color NOTHING = new Color(0, 0, 0, 0);
    private static final List<Color> COLOURS = List.of(
            new Color(0x2f, 0x7f, 0xe0),
            new Color(0xd1, 0x5f, 0x1c),
            new Color(0x2a, 0x93, 0x5b),
            new Color(0xa8, 0x5c, 0xd0),
            new Color(0xc4, 0x4f, 0x6f));

    /** The dashes in the legend. */
    private static final float[][] DASHES = {{}, {8, 5}, {2, 4}};

    /** The dashes along a curve: the period and the number of points drawn in each period. */
    private static final int[][] GAPS = {{1, 1}, {24, 15}, {10, 4}};

    private final LossDescription loss;
    private final List<Curve> curves;

    private CurvePicture(LossDescription loss, List<Curve> curves) {
        this.loss = loss;
        this.curves = curves;
    }

    /** Whether a loss can be plotted: it must be a loss per element. */
    public static boolean fits(LossDescription loss) {
        return loss.scope() == LossDescription.Scope.ELEMENT;
    }

    /** The picture of a loss that {@link #fits}. */
    public static CurvePicture of(LossDescription loss, LossFactory factory, PlotChoices choices) {
        return new CurvePicture(loss, new LossCurves(loss, factory, choices).all());
    }

    /** The picture. */
    public Picture picture() throws IOException {
        return Picture.of(width(), HEIGHT, this::paint);
    }

    private int width() {
        return 2 * WIDTH + (hasLegend() ? LEGEND_WIDTH : 0);
    }

    private boolean hasLegend() {
        return curves.size() > 1 || !curves.getFirst().name().equals(loss.name());
    }

    private void paint(Graphics2D graphics) {
        AffineTransform place = graphics.getTransform();
        panel("loss", Curve::values).paint(graphics, WIDTH, HEIGHT);
        graphics.setTransform(place);
        graphics.setClip(null);
        graphics.translate(WIDTH, 0);
        panel("gradient", Curve::gradients).paint(graphics, width() - WIDTH, HEIGHT);
    }

    private XYChart panel(String quantity, Function<Curve, List<Double>> values) {
        String prediction =
                loss.predictions().stream().map(LossDescription.Input::name).collect(Collectors.joining(", "));
        boolean right = !quantity.equals("loss");
        XYChart chart = new XYChartBuilder()
                .width(right ? width() - WIDTH : WIDTH)
                .height(HEIGHT)
                .title(right ? "∂" + loss.name() + " / ∂" + prediction : loss.name())
                .xAxisTitle(prediction)
                .build();
        chart.getStyler().setLegendVisible(right && hasLegend());
        style(chart.getStyler());
        range(chart.getStyler(), values);
        for (Curve curve : curves) {
            XYSeries series = chart.addSeries(curve.name(), curve.x(), dashed(values.apply(curve), curve.stroke()));
            series.setMarker(SeriesMarkers.NONE);
            series.setLineColor(COLOURS.get(curve.colour() % COLOURS.size()));
            series.setLineStyle(stroke(DASHES[curve.stroke() % DASHES.length]));
        }
        return chart;
    }

    /** Cuts gaps into the line. XChart restarts its dashes at every point, which makes them invisible. */
    private static List<Double> dashed(List<Double> values, int stroke) {
        int[] gap = GAPS[stroke % GAPS.length];
        return IntStream.range(0, values.size())
                .mapToObj(i -> i % gap[0] < gap[1] ? values.get(i) : Double.valueOf(Double.NaN))
                .toList();
    }

    private static BasicStroke stroke(float[] dashes) {
        return dashes.length == 0
                ? new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                : new BasicStroke(1.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    private void style(XYStyler styler) {
        styler.setChartBackgroundColor(NOTHING);
        styler.setPlotBackgroundColor(NOTHING);
        styler.setLegendBackgroundColor(NOTHING);
        styler.setLegendBorderColor(NOTHING);
        styler.setPlotBorderColor(NOTHING);
        styler.setPlotGridLinesColor(GRID);
        styler.setChartFontColor(TEXT);
        styler.setAxisTickLabelsColor(TEXT);
        styler.setAxisTickMarksColor(TEXT);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendPosition(Styler.LegendPosition.OutsideE);
        styler.setLegendLayout(Styler.LegendLayout.Vertical);
        styler.setChartTitleBoxVisible(false);
        styler.setXAxisDecimalPattern("0.###");
        styler.setYAxisDecimalPattern("0.###");
    }

    /** Limits the vertical axis, so that an asymptote or one steep curve does not flatten all others. */
    private void range(XYStyler styler, Function<Curve, List<Double>> values) {
        double[] sorted = curves.stream()
                .flatMap(c -> values.apply(c).stream())
                .mapToDouble(v -> v)
                .filter(v -> !Double.isNaN(v))
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return;
        }
        double min = sorted[0];
        double max = sorted[sorted.length - 1];
        double low = sorted[sorted.length / 20];
        double high = sorted[sorted.length - 1 - sorted.length / 20];
        double usual = Math.max(high - low, 1e-6);
        styler.setYAxisMin(min < low - 2 * usual ? low - usual / 2 : min - (max - min) / 50);
        styler.setYAxisMax(max > high + 2 * usual ? high + usual / 2 : max + (max - min) / 50);
        if (max == min) {
            styler.setYAxisMin(min - 1);
            styler.setYAxisMax(max + 1);
        }
    }
}
