package dev.lossforge.processor.testing;

import static java.util.regex.Matcher.quoteReplacement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The advice of a message, as changes of the source that it was given for. An advice names code: a range to declare, a
 * guard, a clamp, an annotation, another name. Each alternative is a change of its own.
 *
 * @param source the source, as it was compiled
 * @param start where the tree begins that the message is reported at
 * @param position where the message points at
 * @param end where the tree ends
 */
public record Advice(String source, int start, int position, int end) {

    /** What is done for a wording of an advice; a phrase may ask for several changes. */
    private record Rule(Pattern wording, BiFunction<Advice, MatchResult, List<String>> changes) {

        static Rule of(String wording, BiFunction<Advice, MatchResult, String> change) {
            return new Rule(Pattern.compile(wording), (advice, m) -> List.of(change.apply(advice, m)));
        }

        /** Another expression, statement or declaration in the place of the one that the message is about. */
        static Rule instead(String wording, BiFunction<Advice, MatchResult, String> code) {
            return of(wording, (advice, m) -> advice.with(code.apply(advice, m)));
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.instead("Did you mean '(.*?)'\\?", (a, m) -> m.group(1)),
            Rule.of("Declare the range of '(\\w+)' with @(\\w+)\\((.*?)\\)", Advice::declared),
            Rule.of(
                    "Declare the ranges? of the hyperparameters? (.*?), such as @Param\\((.*?)\\)",
                    Advice::allDeclared),
            Rule.instead("guard it: (.*?), or clamp it", (a, m) -> a.guarded(m.group(1))),
            Rule.instead("guard it: ([^…]*) \\? [^…]* : …\\.", (a, m) -> "(" + m.group(1) + " ? " + a.code() + " : 0)"),
            Rule.instead("clamp it: (.*?\\)[^.,]*)[.,]", (a, m) -> a.clamped(m.group(1))),
            Rule.instead("for example with (.*?), or guard it", (a, m) -> a.clamped(m.group(1))),
            Rule.instead(
                    "Guard it: n > 0 \\?", (a, m) -> "(" + a.operands().getFirst() + " > 0 ? " + a.code() + " : 0)"),
            Rule.instead(
                    "abs\\(a - b\\) <= tolerance",
                    (a, m) -> "abs((" + String.join(") - (", a.operands()) + ")) <= 1e-6f"),
            new Rule(Pattern.compile("[Mm]ark it (@[^.;]*)\\."), Advice::marked),
            Rule.instead("[Rr]emove 'private'\\.", (a, m) -> a.code().replaceFirst("private ", "")),
            Rule.of(
                    "Remove 'private' from the class",
                    (a, m) -> a.source.replace("private static final class", "class")),
            Rule.instead("Declare it static\\.", (a, m) -> a.code().replaceFirst("@Loss\\s+", "$0static ")),
            Rule.instead("Declare it as float\\.", (a, m) -> a.code().replaceFirst("\\b(double|int)\\b", "float")),
            Rule.instead("Declare an array: float\\[]", (a, m) -> a.code().replace("float...", "float[]")),
            Rule.instead("Remove the clause", (a, m) -> a.code().replaceFirst(" throws [\\w., ]*\\{", " {")),
            Rule.instead(
                    "with @Loss\\(name = \"…\"\\)",
                    (a, m) -> a.code().replaceFirst("@Loss(\\(.*?\\))?", "@Loss(name = \"AnotherLoss\")")),
            Rule.instead("[Cc]ast it: \\((\\w+)\\) …", (a, m) -> "(" + m.group(1) + ") (" + a.code() + ")"),
            Rule.instead("Write \\w+\\(…\\) of dev", (a, m) -> a.code().replace("Math.", "")),
            Rule.instead("Write float literals", (a, m) -> a.code().replaceAll("\\d\\.\\d+", "$0f")),
            Rule.of(
                    "Remove hessian = Hessian.DIAGONAL",
                    (a, m) -> a.source.replace("(hessian = Hessian.DIAGONAL)", "")),
            Rule.of("leave out the scope", (a, m) -> a.source.replace("(scope = Scope.SAMPLE)", "")),
            Rule.of(
                    "predicts '(\\w+)', mark it @Prediction",
                    (a, m) -> new Advice(a.with(""), 0, 0, 0)
                            .source.replaceAll("@Target (\\w+ " + m.group(1) + ")", "@Prediction $1")),
            Rule.of(
                    "Declare it as float, and write",
                    (a, m) -> a.with(a.code() + "f").replaceAll("double (\\w+ = " + a.code() + "f)", "float $1")),
            Rule.instead("Use it, or remove it\\.|Remove it[:,]", (a, m) -> ""));

    /** The source after each change that a text advises. */
    public List<String> applied(String text) {
        List<String> changed = new ArrayList<>();
        for (Rule rule : RULES) {
            Matcher wording = rule.wording().matcher(text);
            while (wording.find()) {
                changed.addAll(rule.changes().apply(this, wording.toMatchResult()));
            }
        }
        return changed.stream().map(Advice::withoutEmptyParameters).toList();
    }

    private static String withoutEmptyParameters(String source) {
        return source.replaceAll("\\(\\s*, ", "(").replaceAll(",\\s*\\)", ")").replaceAll(", ,", ",");
    }

    private String with(String replacement) {
        return source.substring(0, start) + replacement + source.substring(end);
    }

    private String code() {
        return source.substring(start, end);
    }

    private List<String> marked(MatchResult wording) {
        return Pattern.compile("@\\w+")
                .matcher(wording.group(1))
                .results()
                .map(m -> with(
                        m.group() + " " + code().replaceAll("@(Prediction|Target|Param|Weight)(\\([^)]*\\))? ", "")))
                .toList();
    }

    private String declared(MatchResult wording) {
        return declared(source, wording.group(1), wording.group(2), wording.group(3));
    }

    private String allDeclared(MatchResult wording) {
        String changed = source;
        for (String name : wording.group(1).replace("'", "").split(", | and ", -1)) {
            changed = declared(changed, name, "Param", wording.group(2));
        }
        return changed;
    }

    private static String declared(String source, String name, String annotation, String attributes) {
        return source.replaceAll(
                "@%s(?:\\([^)]*\\))?( \\w+(?:\\[])* %s\\b)".formatted(annotation, name),
                quoteReplacement("@" + annotation + "(" + attributes + ")") + "$1");
    }

    /** The condition of the guard with the operand for x; the expression itself where it holds, and else 0. */
    private String guarded(String guard) {
        String condition = guard.substring(0, guard.indexOf('?')).replaceAll("\\bx\\b", quoteReplacement(operand()));
        return guard.contains("? … :") && guard.contains("a / x")
                ? "(" + condition + "? 0 : " + code() + ")"
                : "(" + condition + "? " + code() + " : 0)";
    }

    /** The expression with something else for its operand x. */
    private String clamped(String clamp) {
        String x = operand();
        int at = isCall() ? code().indexOf(x, code().indexOf('(')) : code().lastIndexOf(x);
        return code().substring(0, at)
                + "(" + clamp.replaceAll("\\bx\\b", quoteReplacement("(" + x + ")")) + ")"
                + code().substring(at + x.length());
    }

    /** The first argument, or the divisor. */
    private String operand() {
        return isCall() ? operands().getFirst() : operands().getLast();
    }

    private boolean isCall() {
        return source.charAt(position) == '(';
    }

    /** The arguments of a call, or the operands beside the operator. */
    private List<String> operands() {
        if (!isCall()) {
            int right = position + (source.charAt(position + 1) == '=' ? 2 : 1);
            return List.of(
                    source.substring(start, position).strip(),
                    source.substring(right, end).strip());
        }
        List<String> arguments = new ArrayList<>();
        int depth = 0;
        int from = position + 1;
        for (int i = from; i < end; i++) {
            char c = source.charAt(i);
            if (depth == 0 && (c == ')' || c == ',')) {
                arguments.add(source.substring(from, i).strip());
                from = i + 1;
            }
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
        }
        return arguments;
    }
}
