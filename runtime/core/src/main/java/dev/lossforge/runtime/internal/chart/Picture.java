package dev.lossforge.runtime.internal.chart;

import java.util.function.Consumer;

/**
 * Something to look at.
 *
 * @param name of its file, without an ending
 * @param title what it shows, in a few words
 * @param painter paints it
 */
public record Picture(String name, String title, int width, int height, Consumer<Canvas> painter) {

    /** As an SVG element for an HTML page that declares {@link Ink}'s variables. */
    public String svg() {
        return SvgCanvas.paint(this);
    }

    /** As the bytes of a PNG file on light ground, two pixels for each. */
    public byte[] png() {
        return PngCanvas.paint(this);
    }
}
