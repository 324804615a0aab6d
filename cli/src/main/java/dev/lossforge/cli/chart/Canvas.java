package dev.lossforge.cli.chart;

import dev.lossforge.samples.lesson.Ink;

/** What a picture is painted on. Lengths are in pixels of the picture; y grows downwards. */
public interface Canvas {

    /** Where a text lies relative to its point. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    void line(double x1, double y1, double x2, double y2, Ink ink, double width);

    /** A line through points, drawn over what is there. */
    void polyline(double[] xs, double[] ys, Ink ink, double width);

    /**
     * A filled rectangle.
     *
     * @param opacity from 0 to 1
     */
    void rectangle(double x, double y, double width, double height, Ink ink, double opacity);

    /** A filled circle that says something when pointed at, where the canvas can. */
    void dot(double x, double y, double radius, Ink ink, String says);

    /** A line of text whose base line is at {@code y}. */
    void text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold);

    /** Gray values in rows, 0 to 255, as squares. */
    void pixels(double x, double y, double side, byte[] gray, int columns);
}
