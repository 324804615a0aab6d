package dev.lossforge.runtime.internal.chart;

import java.util.List;

/** A surface for pictures. Lengths are in pixels of the picture; y grows downwards. */
public interface Canvas {

    /** The position of a text relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, Ink ink, double width);

    /**
     * Draws a line through points, over what is already there.
     *
     * @param opacity from 0 to 1
     */
    void polyline(double[] xs, double[] ys, Ink ink, double width, double opacity);

    /** Fills the area between two lines over the same points. */
    void area(double[] xs, double[] lower, double[] upper, Ink ink, double opacity);

    /**
     * Fills a rectangle.
     *
     * @param opacity from 0 to 1
     */
    void rectangle(double x, double y, double width, double height, Ink ink, double opacity);

    /** Fills a circle. An interactive canvas shows the text when the reader points at it. */
    void dot(double x, double y, double radius, Ink ink, String says);

    /**
     * Shows a vertical line with marks and text while the reader points at a strip of the picture. A canvas without
     * interaction draws nothing.
     *
     * @param x the position of the line, within the strip
     * @param marks points on the line
     * @param says lines of text, of which the first is the heading
     */
    void crosshair(Strip strip, double x, List<Mark> marks, List<String> says);

    /** A part of a picture over the full height of its plot; {@code width} is the width of the whole picture. */
    record Strip(double left, double right, double top, double bottom, double width) {}

    /** A point on a vertical line. */
    record Mark(double y, Ink ink) {}

    /** Writes a line of text with its baseline at {@code y}. */
    void text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold);

    /** Draws an image of gray values from 0 to 255, row by row, scaled to a square of this side. */
    void pixels(double x, double y, double side, byte[] gray, int columns);
}
