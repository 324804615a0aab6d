package dev.lossforge.samples.lesson;

import dev.lossforge.runtime.internal.chart.Ink;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;

/** Draws charts side by side in a PNG file, at double resolution, in the colours of the reports. */
public final class ChartFile {
    private static final int SCALE = 2;
    private static final int SERIES = 6;
    private static final BasicStroke THIN = new BasicStroke(1);

    private ChartFile() {}

    /** Draws charts of one height; see {@link PictureFile#write}. */
    public static void write(Path file, List<? extends Chart<?, ?>> charts) throws IOException {
        int width = charts.stream().mapToInt(Chart::getWidth).sum();
        int height = charts.getFirst().getHeight();
        BufferedImage image = new BufferedImage(SCALE * width, SCALE * height, BufferedImage.TYPE_INT_RGB);
        int left = 0;
        for (Chart<?, ?> chart : charts) {
            Graphics2D graphics = image.createGraphics();
            graphics.scale(SCALE, SCALE);
            graphics.translate(left, 0);
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            graphics.dispose();
            left += chart.getWidth();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        PictureFile.write(file, bytes.toByteArray());
    }

    /** Sets the look of a chart. Call it before adding series, because they take their colours from it. */
    public static void style(AxesChartStyler styler) {
        Color text = Ink.TEXT.color();
        Color muted = Ink.MUTED.color();
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setPlotBorderColor(Color.WHITE);
        styler.setPlotGridLinesColor(Ink.GRID.color());
        styler.setPlotGridLinesStroke(THIN);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setSeriesColors(
                IntStream.range(0, SERIES).mapToObj(i -> Ink.series(i).color()).toArray(Color[]::new));
        styler.setChartFontColor(text);
        styler.setChartTitleFont(font(Font.BOLD, 15));
        styler.setChartTitleBoxVisible(false);
        styler.setAxisTitleFont(font(Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 12));
        styler.setAxisTickLabelsColor(muted);
        styler.setAxisTickMarksColor(muted);
        styler.setXAxisDecimalPattern("0.###");
        styler.setYAxisDecimalPattern("0.###");
        styler.setLegendFont(font(Font.PLAIN, 12));
        styler.setLegendBackgroundColor(Color.WHITE);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    private static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }
}
