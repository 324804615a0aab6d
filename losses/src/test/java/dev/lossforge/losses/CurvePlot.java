package dev.lossforge.losses;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Losses of one prediction as curves, in an SVG of two panels: the values and the gradients over the prediction, for a
 * fixed target.
 *
 * @param axis what the prediction is
 * @param from the least prediction
 * @param to the greatest
 * @param values the bounds of the values that are shown
 * @param gradients the bounds of the gradients that are shown
 */
record CurvePlot(String axis, double from, double to, Bounds values, Bounds gradients, List<Curve> curves) {

    private static final int POINTS = 241;
    private static final int WIDTH = 320;
    private static final int HEIGHT = 220;
    private static final int LEFT = 40;
    private static final int TOP = 28;
    private static final List<String> COLORS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#333333");

    /** The range of an axis, and the step of its labels. */
    record Bounds(double least, double greatest, double step) {}

    /** A loss with its target, if it has one, under a name for readers. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Curve(String name, LossFunction loss, float... target) {

        private LossResult over(float[] predictions) {
            Tensor p = Tensor.vector(predictions);
            if (target.length == 0) {
                return loss.valueAndGradients(LossInputs.of(p), Reduction.NONE);
            }
            float[] targets = new float[predictions.length];
            Arrays.fill(targets, target[0]);
            return loss.valueAndGradients(LossInputs.of(p, Tensor.vector(targets)), Reduction.NONE);
        }
    }

    /** The picture as the text of an SVG file. */
    String svg() {
        int legend = TOP + HEIGHT + 44;
        String names = "";
        for (int i = 0; i < curves.size(); i++) {
            int x = LEFT + i % 3 * 250;
            int y = legend + i / 3 * 18;
            names += "<path d=\"M%d %dh22\" stroke=\"%s\"/>%n".formatted(x, y - 4, color(i))
                    + text(x + 28, y, "start", curves.get(i).name());
        }
        int height = legend + (curves.size() - 1) / 3 * 18 + 14;
        int width = 2 * (LEFT + WIDTH) + 30;
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
            font-family="sans-serif" font-size="12" stroke-width="2" fill="none">
            <rect width="100%%" height="100%%" fill="white"/>
            %3$s%4$s%5$s</svg>
            """.formatted(
                        width,
                        height,
                        panel(LEFT, "loss", values, false),
                        panel(2 * LEFT + WIDTH + 10, "gradient", gradients, true),
                        names);
    }

    private String panel(int left, String title, Bounds bounds, boolean ofGradients) {
        int bottom = TOP + HEIGHT;
        StringBuilder svg = new StringBuilder();
        svg.append("<g stroke=\"#dddddd\" stroke-width=\"1\">\n");
        StringBuilder labels = new StringBuilder(text(left, TOP - 10, "start", title));
        for (double y = bounds.least(); y <= bounds.greatest() + 1e-9; y += bounds.step()) {
            double at = bottom - HEIGHT * (y - bounds.least()) / (bounds.greatest() - bounds.least());
            svg.append("<path d=\"M%d %sh%d\"/>%n".formatted(left, number(at), WIDTH));
            labels.append(text(left - 6, at + 4, "end", number(y)));
        }
        for (double x = Math.ceil(from); x <= to + 1e-9; x++) {
            double at = left + WIDTH * (x - from) / (to - from);
            svg.append("<path d=\"M%s %dv%d\"/>%n".formatted(number(at), TOP, HEIGHT));
            labels.append(text(at, bottom + 16, "middle", number(x)));
        }
        svg.append("</g>\n").append(labels).append(text(left + WIDTH, TOP - 10, "end", axis));
        svg.append("<svg x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">%n".formatted(left, TOP, WIDTH, HEIGHT));
        for (int i = 0; i < curves.size(); i++) {
            svg.append(
                    "<path stroke=\"%s\" d=\"%s\"/>%n".formatted(color(i), path(curves.get(i), bounds, ofGradients)));
        }
        return svg.append("</svg>\n").toString();
    }

    private String path(Curve curve, Bounds bounds, boolean ofGradients) {
        float[] predictions = new float[POINTS];
        for (int i = 0; i < POINTS; i++) {
            predictions[i] = (float) (from + (to - from) * i / (POINTS - 1));
        }
        LossResult result = curve.over(predictions);
        Tensor shown = ofGradients ? result.gradient() : result.values();
        if (shown == null) {
            throw new IllegalStateException("no values of " + curve.name());
        }
        double height = bounds.greatest() - bounds.least();
        String points = "";
        for (int i = 0; i < POINTS; i++) {
            double inside = Math.clamp(shown.array()[i], bounds.least() - height, bounds.greatest() + height);
            double y = HEIGHT * (bounds.greatest() - inside) / height;
            points += (i == 0 ? "M" : " ") + number(WIDTH * (double) i / (POINTS - 1)) + "," + number(y);
        }
        return points;
    }

    private static String color(int curve) {
        return COLORS.get(curve % COLORS.size());
    }

    private static String text(double x, double y, String anchor, String words) {
        return "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" fill=\"#333333\">%s</text>%n"
                .formatted(number(x), number(y), anchor, escaped(words));
    }

    private static String escaped(String words) {
        return words.chars()
                .mapToObj(c -> c == '<' ? "&lt;" : c == '&' ? "&amp;" : Character.toString(c))
                .collect(Collectors.joining());
    }

    /** With one digit after the point, and none where it is 0. */
    private static String number(double x) {
        String text = String.format(Locale.ROOT, "%.1f", x + 0.0);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2).replaceFirst("^-0$", "0") : text;
    }
}
