package dev.lossforge.runtime.internal.chart;

import java.util.function.Consumer;

/**
 * A picture that can be painted on any canvas.
 *
 * @param name the name of its file, without an extension
 * @param title what it shows, in a few words
 * @param painter paints it on a canvas
 */
public record Picture(String name, String title, int width, int height, Consumer<Canvas> painter) {

    /** The picture as an SVG element for an HTML page that declares {@link Ink}'s variables. */
    public String svg() {
        return SvgCanvas.paint(this);
    }

    /** The picture as a PNG file on a light background, at twice the resolution. */
    public byte[] png() {
        return PngCanvas.paint(this);
    }
}
