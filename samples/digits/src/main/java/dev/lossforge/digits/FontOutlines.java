package dev.lossforge.digits;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.PathIterator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** The digits of the JDK's logical fonts, in every weight and slant. Needs no display. */
final class FontOutlines {
    private static final List<String> FAMILIES = List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED);
    private static final List<Integer> STYLES = List.of(Font.PLAIN, Font.BOLD, Font.ITALIC, Font.BOLD | Font.ITALIC);

    /** The size in points; large, so that hinting and rounding do not matter. */
    private static final int POINTS = 200;

    private static final double FLATNESS = 0.5;

    private FontOutlines() {}

    /**
     * The ten digits of each font, or an empty list if the JDK cannot draw text: minimal containers lack the font
     * library, or have it without a font.
     */
    static List<List<Outline>> available() {
        try {
            return FAMILIES.stream()
                    .flatMap(family -> STYLES.stream().map(style -> new Font(family, style, POINTS)))
                    .map(FontOutlines::digits)
                    .filter(FontOutlines::distinct)
                    .toList();
        } catch (LinkageError | InternalError | RuntimeException e) {
            // The exception of a JDK without fonts differs between releases and is not documented.
            return List.of();
        }
    }

    private static List<Outline> digits(Font font) {
        return IntStream.range(0, DigitSet.CLASSES)
                .mapToObj(digit -> outline(font, Integer.toString(digit)))
                .toList();
    }

    /** A font without digits draws the same box, or nothing, for each. */
    private static boolean distinct(List<Outline> digits) {
        return new HashSet<>(digits).size() == digits.size();
    }

    private static Outline outline(Font font, String digit) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        PathIterator path = font.createGlyphVector(context, digit).getOutline().getPathIterator(null, FLATNESS);
        List<Outline.Segment> segments = new ArrayList<>();
        float[] start = new float[2];
        float[] from = new float[2];
        float[] to = new float[2];
        for (; !path.isDone(); path.next()) {
            switch (path.currentSegment(to)) {
                case PathIterator.SEG_MOVETO -> start = to.clone();
                case PathIterator.SEG_LINETO -> segments.add(segment(from, to));
                case PathIterator.SEG_CLOSE -> {
                    segments.add(segment(from, start));
                    to = start.clone();
                }
                default -> throw new IllegalStateException("a flattened path has straight segments only");
            }
            from = to.clone();
        }
        return Outline.filled(segments);
    }

    private static Outline.Segment segment(float[] from, float[] to) {
        return new Outline.Segment(from[0], from[1], to[0], to[1]);
    }
}
