package dev.lossforge.processor.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;

/**
 * What a source file says will be reported of it. A comment below the offending line points at the column and gives the
 * text with its advice:
 *
 * <pre>{@code
 * return logits[label[0]];
 * //                 ^ error [FormulaRank] 'label' is … Did you mean 'label'?
 * }</pre>
 */
public final class ExpectedDiagnostics {

    private static final Pattern EXPECTATION = Pattern.compile("^\\s*//\\s*\\^ (\\w+ .*)$");

    private ExpectedDiagnostics() {}

    /** The expectations, each as {@code line:column severity text}. */
    public static List<String> in(String source) {
        List<String> expected = new ArrayList<>();
        String[] lines = source.split("\n", -1);
        int code = 0;
        for (int i = 0; i < lines.length; i++) {
            Matcher matcher = EXPECTATION.matcher(lines[i]);
            if (matcher.matches()) {
                expected.add(code + ":" + (lines[i].indexOf('^') + 1) + " " + matcher.group(1));
            } else {
                code = i + 1;
            }
        }
        return expected;
    }

    /** What was reported, in the same form; the page is left out. */
    public static String of(Diagnostic<?> diagnostic) {
        String severity = switch (diagnostic.getKind()) {
            case ERROR -> "error";
            case WARNING, MANDATORY_WARNING -> "warning";
            case NOTE, OTHER -> "note";
        };
        String text = diagnostic
                .getMessage(Locale.ROOT)
                .replaceAll(" {3}\\(https:.*\\)", "")
                .replaceAll("\\s+", " ");
        return diagnostic.getLineNumber() + ":" + diagnostic.getColumnNumber() + " " + severity + " " + text;
    }
}
