package dev.lossforge.cli.plot;

import de.erichseifert.vectorgraphics2d.Document;
import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * A picture in both formats.
 *
 * @param png at twice the resolution of the vector picture
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Picture(byte[] png, byte[] svg) {
    private static final int PIXELS_PER_POINT = 2;

    static Picture of(int width, int height, Consumer<Graphics2D> painter) throws IOException {
        return new Picture(png(width, height, painter), svg(width, height, painter));
    }

    private static byte[] png(int width, int height, Consumer<Graphics2D> painter) throws IOException {
        BufferedImage image =
                new BufferedImage(PIXELS_PER_POINT * width, PIXELS_PER_POINT * height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_PER_POINT, PIXELS_PER_POINT);
        painter.accept(graphics);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static byte[] svg(int width, int height, Consumer<Graphics2D> painter) throws IOException {
        VectorGraphics2D graphics = new VectorGraphics2D();
        painter.accept(graphics);
        Document document =
                Processors.get("svg").getDocument(graphics.getCommands(), new PageSize(0, 0, width, height));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        document.writeTo(bytes);
        return bytes.toByteArray();
    }
}
