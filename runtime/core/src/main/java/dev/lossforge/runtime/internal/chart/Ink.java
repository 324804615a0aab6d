package dev.lossforge.runtime.internal.chart;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The purpose of a colour. The series differ in lightness as well as in hue, so that people who cannot distinguish hues
 * can tell them apart.
 */
public enum Ink {
    TEXT("#1c2430", "#e8ecf2"),
    MUTED("#5c6675", "#a3adbb"),
    GRID("#e3e7ed", "#2d3542"),
    SURFACE("#ffffff", "#181d26"),
    ACCENT("#1f6feb", "#6ea8ff"),
    GOOD("#15803d", "#4ade80"),
    BAD("#c2410c", "#fb923c"),
    SERIES_1("#1f6feb", "#6ea8ff"),
    SERIES_2("#d9480f", "#ff9f5a"),
    SERIES_3("#0f8a5f", "#45d6a0"),
    SERIES_4("#8250df", "#c4a1ff"),
    SERIES_5("#b0851a", "#f2cc60"),
    SERIES_6("#b02a6b", "#ff8fc7");

    private static final List<Ink> SERIES = List.of(SERIES_1, SERIES_2, SERIES_3, SERIES_4, SERIES_5, SERIES_6);

    private final String light;
    private final String dark;

    Ink(String light, String dark) {
        this.light = light;
        this.dark = dark;
    }

    /** The ink of a chart's series; the inks repeat after the sixth. */
    public static Ink series(int index) {
        return SERIES.get(index % SERIES.size());
    }

    /** The colour on a light background. */
    public Color color() {
        return Color.decode(light);
    }

    /** The CSS variable that holds the colour. */
    public String variable() {
        return "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** CSS that gives every variable its colour on a light or a dark background. */
    public static String declarations(boolean onDark) {
        return Arrays.stream(values())
                .map(ink -> ink.variable() + ":" + (onDark ? ink.dark : ink.light) + ";")
                .collect(Collectors.joining());
    }
}
