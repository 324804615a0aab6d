package dev.lossforge.runtime.internal.chart;

import java.util.List;

/** What a picture is painted on. Lengths are in pixels of the picture; y grows downwards. */
public interface Canvas {

    /** Where a text lies relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, Ink ink, double width);

    /**
     * A line through points, drawn over what is there.
     *
     * @param opacity from 0 to 1
     */
    void polyline(double[] xs, double[] ys, Ink ink, double width, double opacity);

    /** What lies between two lines over the same points. */
    void area(double[] xs, double[] lower, double[] upper, Ink ink, double opacity);

    /**
     * A filled rectangle.
     *
     * @param opacity from 0 to 1
     */
    void rectangle(double x, double y, double width, double height, Ink ink, double opacity);

    /** A filled circle that says something when pointed at, where the canvas can. */
    void dot(double x, double y, double radius, Ink ink, String says);

    /**
     * What a reader sees who points at an upright strip of the picture: a line through it and what stands there. A
     * canvas that cannot be pointed at leaves it out.
     *
     * @param x of the line, within the strip
     * @param marks points on the line
     * @param says lines of text, of which the first is the heading
     */
    void crosshair(Strip strip, double x, List<Mark> marks, List<String> says);

    /** A part of a picture from top to bottom of its plot; {@code width} is that of the whole picture. */
    record Strip(double left, double right, double top, double bottom, double width) {}

    /** A point of a line. */
    record Mark(double y, Ink ink) {}

    /** A line of text whose base line is at {@code y}. */
    void text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold);

    /** Gray values in rows, 0 to 255, as squares. */
    void pixels(double x, double y, double side, byte[] gray, int columns);
}
