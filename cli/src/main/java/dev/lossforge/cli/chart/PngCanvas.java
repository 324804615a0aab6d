package dev.lossforge.cli.chart;

import dev.lossforge.samples.lesson.Ink;
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
import javax.imageio.ImageIO;

/** Paints on an image, on light ground. Needs no display. */
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
    public void polyline(double[] xs, double[] ys, Ink ink, double width) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < xs.length; i++) {
            if (i == 0) {
                path.moveTo(xs[i], ys[i]);
            } else {
                path.lineTo(xs[i], ys[i]);
            }
        }
        stroke(ink, width);
        graphics.draw(path);
    }

    private void stroke(Ink ink, double width) {
        graphics.setColor(ink.color());
        graphics.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Ink ink, double opacity) {
        graphics.setColor(ink.color());
        graphics.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, (float) opacity));
        graphics.fill(new RoundRectangle2D.Double(x, y, width, height, 6, 6));
        graphics.setComposite(AlphaComposite.SrcOver);
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
