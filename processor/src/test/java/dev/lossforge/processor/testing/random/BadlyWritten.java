package dev.lossforge.processor.testing.random;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Writes formulas as people do who do not know the vocabulary: its stable functions become what they stand for in a
 * textbook, which overflows, cancels or divides by 0. The rules of the compiler lead back.
 */
public final class BadlyWritten {

    /** By the text of a call, others that mean the same; each argument may be named again. */
    private static final Map<String, List<String>> WRITINGS = Map.ofEntries(
            Map.entry(
                    "softplus(%s)",
                    List.of(
                            "log(1 + exp(%1$s))",
                            "log(exp(%1$s) + 1)",
                            "log1p(exp(%1$s))",
                            "(-log(1 - sigmoid(%1$s)))",
                            "(-log(sigmoid(-(%1$s))))",
                            "(-log(1 / (1 + exp(%1$s))))")),
            Map.entry(
                    "logSigmoid(%s)",
                    List.of(
                            "log(sigmoid(%1$s))",
                            "(-log(1 + exp(-(%1$s))))",
                            "log(1 / (1 + exp(-(%1$s))))",
                            "log(1 - sigmoid(-(%1$s)))",
                            "log(exp(%1$s) / (1 + exp(%1$s)))")),
            Map.entry(
                    "sigmoid(%s)",
                    List.of(
                            "(1 / (1 + exp(-(%1$s))))",
                            "(exp(%1$s) / (1 + exp(%1$s)))",
                            "(1 - sigmoid(-(%1$s)))",
                            "(1 - 1 / (1 + exp(%1$s)))",
                            "(0.5f * (1 + tanh((%1$s) / 2)))",
                            "exp(logSigmoid(%1$s))")),
            Map.entry("logCosh(%s)", List.of("log(cosh(%1$s))", "log((exp(%1$s) + exp(-(%1$s))) / 2)")),
            Map.entry("sinh(%s)", List.of("((exp(%1$s) - exp(-(%1$s))) / 2)")),
            Map.entry("cosh(%s)", List.of("((exp(%1$s) + exp(-(%1$s))) / 2)")),
            Map.entry(
                    "tanh(%s)",
                    List.of(
                            "(sinh(%1$s) / cosh(%1$s))",
                            "((exp(%1$s) - exp(-(%1$s))) / (exp(%1$s) + exp(-(%1$s))))",
                            "((exp(2 * (%1$s)) - 1) / (exp(2 * (%1$s)) + 1))")),
            Map.entry("expm1(%s)", List.of("(exp(%1$s) - 1)", "(-(1 - exp(%1$s)))")),
            Map.entry("log1p(%s)", List.of("log(1 + (%1$s))", "log((%1$s) + 1)")),
            Map.entry(
                    "hypot(%s, %s)",
                    List.of(
                            "sqrt((%1$s) * (%1$s) + (%2$s) * (%2$s))",
                            "sqrt(square(%1$s) + square(%2$s))", "pow(pow(%1$s, 2) + pow(%2$s, 2), 0.5f)")),
            Map.entry("abs(%s)", List.of("sqrt((%1$s) * (%1$s))", "sqrt(square(%1$s))", "pow(square(%1$s), 0.5f)")),
            Map.entry("square(%s)", List.of("((%1$s) * (%1$s))", "pow(%1$s, 2)")),
            Map.entry("asinh(%s)", List.of("log((%1$s) + sqrt((%1$s) * (%1$s) + 1))", "log((%1$s) + hypot(%1$s, 1))")),
            Map.entry(
                    "atanh(%s)",
                    List.of(
                            "(0.5f * log((1 + (%1$s)) / (1 - (%1$s))))",
                            "(0.5f * (log(1 + (%1$s)) - log(1 - (%1$s))))")),
            Map.entry("erfc(%s)", List.of("(1 - erf(%1$s))", "(2 - erfc(-(%1$s)))")),
            Map.entry("logErfc(%s)", List.of("log(erfc(%1$s))", "log(1 - erf(%1$s))")),
            Map.entry(
                    "normalCdf(%s)",
                    List.of(
                            "(1 - normalCdf(-(%1$s)))",
                            "(0.5f * (1 + erf((%1$s) / sqrt(2f))))", "(erfc(-(%1$s) / sqrt(2f)) / 2)")),
            Map.entry(
                    "logNormalCdf(%s)",
                    List.of(
                            "log(normalCdf(%1$s))",
                            "log(1 - normalCdf(-(%1$s)))", "log(0.5f * (1 + erf((%1$s) / sqrt(2f))))")),
            Map.entry("xlogy(%s, %s)", List.of("((%1$s) * log(%2$s))")),
            Map.entry(
                    "norm(%s)",
                    List.of("sqrt(squaredNorm(%1$s))", "sqrt(dot(%1$s, %1$s))", "pow(squaredNorm(%1$s), 0.5f)")),
            Map.entry("cosineSimilarity(%s, %s)", List.of("(dot(%1$s, %2$s) / (norm(%1$s) * norm(%2$s)))")));

    /** The same for vectors that have a name; {@code #} is an index that no other term has. */
    private static final Map<String, List<String>> OF_NAMED = Map.of(
            "softmax(%s)[%s]",
            List.of(
                    "(exp(%1$s[%2$s]) / sum(%1$s.length, # -> exp(%1$s[#])))",
                    "(exp(%1$s[%2$s] - max(%1$s)) / sum(%1$s.length, # -> exp(%1$s[#] - max(%1$s))))",
                    "exp(logSoftmax(%1$s)[%2$s])"),
            "logSoftmax(%s)[%s]",
            List.of(
                    "log(softmax(%1$s)[%2$s])",
                    "log(exp(%1$s[%2$s]) / sum(%1$s.length, # -> exp(%1$s[#])))",
                    "(%1$s[%2$s] - log(sum(%1$s.length, # -> exp(%1$s[#]))))"),
            "logSumExp(%s)",
            List.of(
                    "log(sum(%1$s.length, # -> exp(%1$s[#])))",
                    "(max(%1$s) + log(sum(%1$s.length, # -> exp(%1$s[#] - max(%1$s)))))",
                    "(-log(1 / sum(%1$s.length, # -> exp(%1$s[#]))))"),
            "norm(%s)",
            List.of(
                    "sqrt(sum(%1$s.length, # -> %1$s[#] * %1$s[#]))",
                    "pow(sum(%1$s.length, # -> pow(%1$s[#], 2)), 0.5f)"));

    private static final Map<String, String> EXCHANGED = Map.of(
            "sin(%s)",
            "normalCdf(%s)", "cos(%s)", "erfc(%s)", "atan(%s)", "logNormalCdf(%s)", "Math.abs(%s)", "logErfc(%s)");

    private static final Pattern NAME = Pattern.compile("\\w+(\\[\\w+])?");

    private static final Pattern LOG_SUM_EXP = Pattern.compile("logSumExp\\(%s, (i\\d+) -> %s\\)");

    private final Dice dice;
    private int names;

    private BadlyWritten(Dice dice) {
        this.dice = dice;
    }

    /** A formula with functions of normal distributions in the place of other bounded ones, always the same. */
    public static FormulaSource good(FormulaSource source) {
        return source.withBody(exchanged(source.body()));
    }

    private static Term exchanged(Term term) {
        return new Term(
                term.kind(),
                EXCHANGED.getOrDefault(term.text(), term.text()),
                term.parts().stream().map(BadlyWritten::exchanged).toList());
    }

    /** The same formula with most of its stable functions written out, always the same ones. */
    public static FormulaSource of(FormulaSource source) {
        Dice dice = new Dice(new SplittableRandom(source.name().hashCode()));
        return source.withBody(new BadlyWritten(dice).write(source.body()));
    }

    private Term write(Term term) {
        List<Term> parts = term.parts().stream().map(this::write).toList();
        return new Term(term.kind(), dice.chance(4) ? term.text() : written(term, parts), parts);
    }

    private String written(Term term, List<Term> parts) {
        String text = term.text();
        if (LOG_SUM_EXP.matcher(text).matches()) {
            return LOG_SUM_EXP.matcher(text).replaceAll("log(sum(%s, $1 -> exp(%s)))");
        }
        boolean isNamed =
                !parts.isEmpty() && NAME.matcher(parts.getFirst().java()).matches();
        List<String> writings =
                isNamed && OF_NAMED.containsKey(text) ? OF_NAMED.get(text) : WRITINGS.getOrDefault(text, List.of(text));
        return dice.pick(writings).replace("#", "i9" + names++);
    }
}
