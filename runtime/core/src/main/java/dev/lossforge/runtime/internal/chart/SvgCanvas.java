package dev.lossforge.runtime.internal.chart;

import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Paints an SVG element whose colours are CSS variables. */
final class SvgCanvas implements Canvas {
    /** The approximate width of a letter in a note. */
    private static final double NOTE_LETTER = 6.2;

    private static final int NOTE_ROW = 16;

    private final StringBuilder svg = new StringBuilder();

    private SvgCanvas() {}

    static String paint(Picture picture) {
        SvgCanvas canvas = new SvgCanvas();
        canvas.add(
                "<svg class=\"picture\" id=\"%s\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\""
                        + " xmlns=\"http://www.w3.org/2000/svg\">",
                Html.escaped(picture.name()), picture.width(), picture.height(), Html.escaped(picture.title()));
        picture.painter().accept(canvas);
        return canvas.svg.append("</svg>").toString();
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }

    private static String color(Ink ink) {
        return "var(" + ink.variable() + ")";
    }

    @Override
    public void line(double x1, double y1, double x2, double y2, Ink ink, double width) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
                x1, y1, x2, y2, color(ink), width);
    }

    @Override
    public void polyline(double[] xs, double[] ys, Ink ink, double width, double opacity) {
        svg.append("<polyline points=\"");
        points(xs, ys);
        add(
                "\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\" stroke-linejoin=\"round\""
                        + " stroke-linecap=\"round\"%s/>",
                color(ink), width, opacity == 1 ? "" : String.format(Locale.ROOT, " opacity=\"%.2f\"", opacity));
    }

    private void points(double[] xs, double[] ys) {
        for (int i = 0; i < xs.length; i++) {
            add("%s%.1f,%.1f", i == 0 ? "" : " ", xs[i], ys[i]);
        }
    }

    @Override
    public void area(double[] xs, double[] lower, double[] upper, Ink ink, double opacity) {
        svg.append("<polygon points=\"");
        points(xs, upper);
        for (int i = xs.length - 1; i >= 0; i--) {
            add(" %.1f,%.1f", xs[i], lower[i]);
        }
        add("\" fill=\"%s\" fill-opacity=\"%.2f\"/>", color(ink), opacity);
    }

    @Override
    public void crosshair(Strip strip, double x, List<Mark> marks, List<String> says) {
        svg.append("<g class=\"at\">");
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"transparent\"/>",
                strip.left(), strip.top(), strip.right() - strip.left(), strip.bottom() - strip.top());
        svg.append("<g>");
        line(x, strip.top(), x, strip.bottom(), Ink.MUTED, 1);
        marks.forEach(
                mark -> add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"%s\"/>", x, mark.y(), color(mark.ink())));
        double width =
                20 + NOTE_LETTER * says.stream().mapToInt(String::length).max().orElse(0);
        double left = x + 10 + width <= strip.width() ? x + 10 : Math.max(0, x - 10 - width);
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" rx=\"6\" fill=\"%s\" stroke=\"%s\"/>",
                left, strip.top(), width, 10 + NOTE_ROW * says.size(), color(Ink.SURFACE), color(Ink.MUTED));
        for (int i = 0; i < says.size(); i++) {
            double y = strip.top() + NOTE_ROW * (i + 1);
            text(left + 10, y, says.get(i), Anchor.START, i == 0 ? Ink.MUTED : Ink.TEXT, 11, false);
        }
        svg.append("</g></g>");
    }

    @Override
    public void rectangle(double x, double y, double width, double height, Ink ink, double opacity) {
        add(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"3\" fill=\"%s\""
                        + " fill-opacity=\"%.3f\"/>",
                x, y, width, height, color(ink), opacity);
    }

    @Override
    public void dot(double x, double y, double radius, Ink ink, String says) {
        add(
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"><title>%s</title></circle>",
                x, y, radius, color(ink), Html.escaped(says));
    }

    @Override
    public void text(double x, double y, String text, Anchor anchor, Ink ink, double size, boolean bold) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\" font-size=\"%.0f\"%s>%s</text>",
                x,
                y,
                anchor.name().toLowerCase(Locale.ROOT),
                color(ink),
                size,
                bold ? " font-weight=\"600\"" : "",
                Html.escaped(text));
    }

    @Override
    public void pixels(double x, double y, double side, byte[] gray, int columns) {
        add(
                "<image x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" style=\"image-rendering:pixelated\""
                        + " href=\"data:image/png;base64,%s\"/>",
                x, y, side, side, Base64.getEncoder().encodeToString(PngCanvas.grayscale(gray, columns)));
    }
}
