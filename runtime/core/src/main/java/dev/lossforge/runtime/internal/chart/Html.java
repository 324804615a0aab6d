package dev.lossforge.runtime.internal.chart;

/** Text in HTML and SVG. */
public final class Html {
    private Html() {}

    /** The text with the characters that have a meaning in markup replaced; fit for elements and attributes. */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
