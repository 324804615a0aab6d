package dev.lossforge.samples.lesson;

import dev.lossforge.samples.io.AtomicFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** Charts in a PNG file, side by side. */
public final class ChartFile {
    private ChartFile() {}

    /** Draws charts of one height. */
    public static void write(Path file, List<? extends Chart<?, ?>> charts) throws IOException {
        int width = charts.stream().mapToInt(Chart::getWidth).sum();
        BufferedImage image = new BufferedImage(width, charts.getFirst().getHeight(), BufferedImage.TYPE_INT_RGB);
        int left = 0;
        for (Chart<?, ?> chart : charts) {
            Graphics2D graphics = image.createGraphics();
            graphics.translate(left, 0);
            plain(chart.getStyler());
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
            graphics.dispose();
            left += chart.getWidth();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        AtomicFile.write(file, bytes.toByteArray());
    }

    /** White ground and no frames. */
    private static void plain(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderColor(Color.WHITE);
        styler.setLegendBorderColor(Color.WHITE);
    }
}
