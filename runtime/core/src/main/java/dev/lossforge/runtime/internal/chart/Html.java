package dev.lossforge.runtime.internal.chart;

/** Escapes text for HTML and SVG. */
public final class Html {
    private Html() {}

    /** The text with all markup characters replaced, for use in elements and attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
