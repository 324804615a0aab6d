package dev.lossforge.cli.catalogue;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Converts a documentation comment to plain text: inline tags and HTML are replaced by their content. */
public final class DocComment {
    private static final Pattern LINK =
            Pattern.compile("\\{@link(?:plain)?\\s+[^\\s}]*?#?([\\w]+)(?:\\([^)]*\\))?(?:\\s+([^}]*))?}");
    private static final Pattern TAG = Pattern.compile("\\{@\\w+\\s+([^}]*)}");
    private static final Pattern PARAGRAPH = Pattern.compile("\\s*<p>\\s*|\\n[ \\t]*\\n");
    private static final Pattern HTML = Pattern.compile("</?\\w+[^>]*>");
    private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@\\w+.*", Pattern.DOTALL);
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.;:])\\s");

    private DocComment() {}

    /** The paragraphs of the comment, each on one line. */
    public static List<String> paragraphs(String comment) {
        String body = BLOCK_TAG.matcher(comment).replaceFirst("");
        return Stream.of(PARAGRAPH.split(body, -1))
                .map(DocComment::plain)
                .filter(paragraph -> !paragraph.isEmpty())
                .toList();
    }

    private static String plain(String paragraph) {
        String text = LINK.matcher(paragraph).replaceAll("$1");
        text = TAG.matcher(text).replaceAll("$1");
        text = HTML.matcher(text).replaceAll("");
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ")
                .strip();
    }

    /** The text before the first full stop, semicolon or colon: a short summary. Empty without a comment. */
    public static String summary(String comment) {
        List<String> paragraphs = paragraphs(comment);
        if (paragraphs.isEmpty()) {
            return "";
        }
        String summary = SENTENCE_END.split(paragraphs.getFirst(), 2)[0];
        return summary.replaceAll("[.;:]$", "");
    }
}
