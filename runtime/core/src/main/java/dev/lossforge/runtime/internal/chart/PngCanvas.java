package dev.lossforge.runtime.internal.chart;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;

/** Paints on an image with a light background. Needs no display. */
final class PngCanvas implements Canvas {
    private static final int SCALE = 2;

    private final Graphics2D graphics;

    private PngCanvas(Graphics2D graphics) {
        this.graphics = graphics;
    }

    static byte[] paint(Picture picture) {
        BufferedImage image =
                new BufferedImage(SCALE * picture.width(), SCALE * picture.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.scale(SCALE, SCALE);
        graphics.setColor(Ink.SURFACE.color());
        graphics.fillRect(0, 0, picture.width(), picture.height());
        picture.painter().accept(new PngCanvas(graphics));
        graphics.dispose();
        return png(image);
    }

    /** A PNG file of gray values in rows. */
    static byte[] grayscale(byte[] gray, int columns) {
        return png(image(gray, columns));
    }

    private static BufferedImage image(byte[] gray, int columns) {
        BufferedImage image = new BufferedImage(columns, gray.length / columns, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, columns, gray.length / columns, gray);
        return image;
    }

    private static byte[] png(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        stroke(ink, width);
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, double opacity) {
        Path2D path = new Path2D.Double();
        append(path, xs, ys, 0, xs.length, 1);
        stroke(ink, width);
        within(opacity, () -> graphics.draw(path));
    }

    /** Appends {@code count} points to the path, beginning at index {@code first}, {@code step} indices apart. */
    private static void append(Path2D path, double[] xs, double[] ys, int first, int count, int step) {
        for (int i = 0, point = first; i < count; i++, point += step) {
            if (path.getCurrentPoint() == null) {
                path.moveTo(xs[point], ys[point]);
            } else {
                path.lineTo(xs[point], ys[point]);
            }
        }
    }

    @Override
    public void area(double[] xs, double[] lower, double[] upper, Ink ink, double opacity) {
        Path2D path = new Path2D.Double();
        append(path, xs, upper, 0, xs.length, 1);
        append(path, xs, lower, xs.length - 1, xs.length, -1);
        graphics.setColor(ink.color());
        within(opacity, () -> graphics.fill(path));
    }

    /** Does nothing, because an image is not interactive. */
    @Override
    public void crosshair(Strip strip, double x, List<Mark> marks, List<String> says) {}

    private void within(double opacity, Runnable painting) {
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
        painting.run();
        graphics.setComposite(AlphaComposite.SrcOver);
    }

    private void stroke(Ink ink, double width) {
        graphics.setColor(ink.color());
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Ink ink, double opacity) {
        graphics.setColor(ink.color());
        within(opacity, () -> graphics.fill(new RoundRectangle2D.Double(x, y, width, height, 6, 6)));
    }

    @Override
    public void dot(double x, double y, double radius, Ink ink, String says) {
        graphics.setColor(ink.color());
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold) {
        graphics.setFont(new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size));
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double left = switch (anchor) {
            case START -> x;
            case MIDDLE -> x - width / 2;
            case END -> x - width;
        };
        graphics.setColor(ink.color());
        graphics.drawString(text, (float) left, (float) y);
    }

    @Override
    public void pixels(double x, double y, double side, byte[] gray, int columns) {
        graphics.drawImage(image(gray, columns), (int) x, (int) y, (int) side, (int) side, null);
    }
}
