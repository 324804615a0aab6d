package dev.lossforge.processor.testing.random;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A random formula method as Java source.
 *
 * @param ofSample whether it says that it covers one sample, though that is a matrix
 */
public record FormulaSource(String name, boolean hessian, boolean ofSample, List<Parameter> parameters, Term body) {

    /** A method that leaves its scope to the rank of its predictions. */
    FormulaSource(String name, boolean hessian, List<Parameter> parameters, Term body) {
        this(name, hessian, false, parameters, body);
    }

    /** Methods that formulas may call. */
    public static final String HELPERS = """
            static float halfSquare(float x) {
              return 0.5f * x * x;
            }

            static float gap(float[] a, float[] b) {
              float[] r = vector(a.length, k -> a[k] - b[k]);
              return norm(r) + dot(r, b);
            }

            static float pinball(float r, float level) {
              if (r >= 0) {
                return level * r;
              }
              float miss = -r;
              return (1 - level) * miss;
            }

            static float weighted(int n, IntToFloat weight, IntToFloat value) {
              float total = 1 + sum(n, k -> square(weight.apply(k)));
              return sum(n, k -> weight.apply(k) * value.apply(k)) / total;
            }

            static int next(int k, int n) {
              return k + 1 < n ? k + 1 : 0;
            }
            """;

    private static final Pattern METHOD =
            Pattern.compile("(?s)(@Loss\\S*.*?)\\s*static float (\\w+)\\((.*?)\\) \\{\n(.*)\n\\}");

    private static final Pattern HELPER_CALL = Pattern.compile("\\b(halfSquare|gap|pinball|weighted|next)\\(");

    /** A method that somebody has written. */
    public static FormulaSource parse(String method) {
        Matcher matcher = METHOD.matcher(method);
        if (!matcher.find()) {
            throw new IllegalArgumentException(method);
        }
        String body = matcher.group(4).replace("%", "%%");
        return new FormulaSource(
                matcher.group(2),
                matcher.group(1).contains("Hessian"),
                matcher.group(1).contains("SAMPLE"),
                Arrays.stream(matcher.group(3).split(", (?=@)"))
                        .map(p ->
                                new Parameter(p.substring(0, p.lastIndexOf(' ')), p.substring(p.lastIndexOf(' ') + 1)))
                        .toList(),
                Term.statements(body));
    }

    /** The method, as it stands in a class that imports the vocabulary. */
    public String java() {
        String attributes = Stream.of(
                        ofSample ? "scope = Scope.SAMPLE" : "", hessian ? "hessian = Hessian.DIAGONAL" : "")
                .filter(attribute -> !attribute.isEmpty())
                .collect(Collectors.joining(", "));
        String annotation = attributes.isEmpty() ? "@Loss" : "@Loss(" + attributes + ")";
        String list = parameters.stream().map(Parameter::java).collect(Collectors.joining(", "));
        return annotation + "\nstatic float " + name + "(" + list + ") {\n" + body.java() + "\n}\n";
    }

    /** The method with the helpers that it calls, ready to be pasted. */
    public String runnable() {
        return HELPER_CALL.matcher(body.java()).find() ? java() + "\n" + HELPERS : java();
    }

    /** The name of the class that is generated. */
    public String className() {
        return "sample." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Loss";
    }

    /** The same under another name. */
    public FormulaSource named(String other) {
        return new FormulaSource(other, hessian, ofSample, parameters, body);
    }

    FormulaSource withBody(Term other) {
        return new FormulaSource(name, hessian, ofSample, parameters, other);
    }

    /** Without the parameters that the body does not mention. */
    FormulaSource withoutUnused() {
        String java = body.java();
        List<Parameter> used = parameters.stream()
                .filter(p ->
                        Pattern.compile("\\b" + p.name() + "\\b").matcher(java).find())
                .toList();
        return new FormulaSource(name, hessian, ofSample, used, body);
    }
}
