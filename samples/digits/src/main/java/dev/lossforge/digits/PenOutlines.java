package dev.lossforge.digits;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Digits in handwriting, each in several variants. The pen's paths need no fonts from the platform. */
final class PenOutlines {
    /** Points per span between two knots. */
    private static final int STEPS = 8;

    /**
     * The variants of each digit, separated by {@code |}. A variant consists of strokes separated by {@code /}. A
     * stroke consists of the knots {@code x,y} of a smooth curve, in tenths and with y downwards.
     */
    private static final List<String> WAYS = List.of(
            "0,-10 -6,-6 -7,0 -6,6 0,10 6,6 7,0 6,-6 0,-10 | 2,-10 -4,-7 -7,1 -4,9 1,10 6,4 7,-4 4,-9 -1,-8",
            "0,-10 0,0 0,10 | -4,-6 0,-10 / 0,-10 0,10 | -4,-6 0,-10 / 0,-10 0,10 / -4,10 4,10",
            "-6,-5 -4,-9 1,-10 6,-6 4,0 -2,6 -7,10 / -7,10 7,10 | -6,-6 0,-10 5,-6 2,2 -4,9 -6,7 -2,7 7,10",
            "-6,-8 0,-10 6,-6 4,-2 -1,0 / -1,0 5,2 7,5 4,9 -1,10 -7,7 | -6,-10 6,-10 / 6,-10 0,-2 / 0,-2 6,1 6,7 0,10 -6,8",
            "3,10 3,-10 / 3,-10 -7,4 / -7,4 7,4 | -6,-10 -6,1 / -6,1 6,1 / 5,-8 4,0 3,10",
            "6,-10 -5,-10 / -5,-10 -6,-1 / -6,-1 0,-3 6,1 6,6 1,10 -6,8",
            "4,-10 -3,-6 -6,2 -5,8 0,10 5,8 5,3 0,0 -5,4",
            "-6,-10 6,-10 / 6,-10 1,0 -2,10 | -6,-10 6,-10 / 6,-10 1,0 -2,10 / -3,0 5,0",
            "0,0 -5,-5 0,-10 5,-5 0,0 -6,5 0,10 6,5 0,0 | 5,-8 0,-10 -5,-6 0,-1 5,5 0,10 -5,5 0,0 5,-7",
            "5,-6 0,-10 -5,-6 -4,-2 0,0 5,-5 / 5,-6 5,2 3,10 | 5,-5 0,-10 -5,-5 0,0 5,-5 4,4 0,10 -5,8");

    private PenOutlines() {}

    /** The ten digits in each variant; a digit with fewer variants repeats them. */
    static List<List<Outline>> all() {
        List<List<Outline>> byDigit = WAYS.stream()
                .map(ways ->
                        Stream.of(ways.split("\\|", -1)).map(PenOutlines::way).toList())
                .toList();
        int max = byDigit.stream().mapToInt(List::size).max().orElseThrow();
        List<List<Outline>> styles = new ArrayList<>();
        for (int style = 0; style < max; style++) {
            int way = style;
            styles.add(byDigit.stream().map(ways -> ways.get(way % ways.size())).toList());
        }
        return styles;
    }

    private static Outline way(String strokes) {
        List<Outline.Segment> segments = new ArrayList<>();
        for (String stroke : strokes.split("/", -1)) {
            addCurve(
                    Stream.of(stroke.strip().split(" ", -1))
                            .map(PenOutlines::knot)
                            .toList(),
                    segments);
        }
        return Outline.drawn(segments);
    }

    private static float[] knot(String text) {
        String[] xy = text.split(",", 2);
        return new float[] {Float.parseFloat(xy[0]), Float.parseFloat(xy[1])};
    }

    /** A Catmull-Rom spline through the knots, flattened; the end knots count twice. */
    private static void addCurve(List<float[]> knots, List<Outline.Segment> segments) {
        float[] from = knots.getFirst();
        for (int span = 0; span < knots.size() - 1; span++) {
            for (int step = 1; step <= STEPS; step++) {
                float[] to = point(knots, span, (float) step / STEPS);
                segments.add(new Outline.Segment(from[0], from[1], to[0], to[1]));
                from = to;
            }
        }
    }

    private static float[] point(List<float[]> knots, int span, float t) {
        float[] before = knots.get(Math.max(span - 1, 0));
        float[] from = knots.get(span);
        float[] to = knots.get(span + 1);
        float[] after = knots.get(Math.min(span + 2, knots.size() - 1));
        float[] point = new float[2];
        for (int axis = 0; axis < 2; axis++) {
            point[axis] = catmullRom(before[axis], from[axis], to[axis], after[axis], t);
        }
        return point;
    }

    private static float catmullRom(float a, float b, float c, float d, float t) {
        return 0.5f * (2 * b + t * (c - a) + t * t * (2 * a - 5 * b + 4 * c - d) + t * t * t * (3 * (b - c) + d - a));
    }
}
