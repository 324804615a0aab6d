package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a failing case small: replaces terms by parts of theirs or by constants, drops parameters, shortens rows and
 * moves inputs towards 0 and 1, as long as the case keeps failing.
 */
public final class Shrinker {

    private final Function<Case, Optional<Disagreement>> trial;
    private final int mostTrials;
    private int trials;
    private Case best;
    private Disagreement reason;

    private Shrinker(Case failing, Disagreement reason, Function<Case, Optional<Disagreement>> trial, int mostTrials) {
        this.best = failing;
        this.reason = reason;
        this.trial = trial;
        this.mostTrials = mostTrials;
    }

    /** The small case, with what is wrong with it. */
    public record Shrunk(Case small, Disagreement reason) {

        /** The method ready to be pasted, its arguments, and how the results differ. */
        public String report() {
            Set<String> parameters =
                    small.source().parameters().stream().map(Parameter::name).collect(Collectors.toSet());
            return reason.getMessage() + "\n\n" + small.source().runnable() + "\n"
                    + small.batch().java(reason.unit(), parameters) + "// "
                    + small.batch().units() + " such units\n";
        }
    }

    /**
     * Makes a case small.
     *
     * @param trial what is wrong with a case, if anything; it answers nothing for a formula that is refused
     * @param mostTrials how many cases are tried at most
     */
    public static Shrunk shrink(
            Case failing, Disagreement reason, Function<Case, Optional<Disagreement>> trial, int mostTrials) {
        Shrinker shrinker = new Shrinker(failing, reason, trial, mostTrials);
        shrinker.run();
        return new Shrunk(shrinker.best, shrinker.reason);
    }

    private void run() {
        tryFirst(Stream.of(
                new Case(best.source(), best.batch().only(reason.unit(), 1)),
                new Case(
                        best.source(),
                        best.batch().only(reason.unit(), best.batch().units()))));
        boolean smaller = true;
        while (smaller && trials < mostTrials) {
            smaller = tryFirst(sources()) || tryFirst(lengths()) || tryFirst(values());
        }
    }

    private boolean tryFirst(Stream<Case> candidates) {
        return candidates.anyMatch(this::keeps);
    }

    private boolean keeps(Case candidate) {
        if (++trials > mostTrials) {
            return false;
        }
        Optional<Disagreement> wrong = trial.apply(candidate);
        if (wrong.isPresent()) {
            best = candidate;
            reason = wrong.get();
        }
        return wrong.isPresent();
    }

    /** Simpler formulas, the simplest first. */
    private Stream<Case> sources() {
        FormulaSource source = best.source();
        Batch batch = best.batch();
        return simpler(source.body()).stream()
                .sorted(Comparator.comparingInt(Term::size))
                .map(body -> new Case(source.withBody(body).withoutUnused(), batch));
    }

    /** The term with one of its terms made simpler. */
    private static List<Term> simpler(Term term) {
        List<Term> simpler = new ArrayList<>();
        parts(term)
                .filter(p -> p.kind() == term.kind() && p.size() < term.size())
                .map(p -> p.closed(term.free()))
                .forEach(simpler::add);
        if (term.size() > 1) {
            constants(term.kind()).forEach(simpler::add);
        }
        for (int i = 0; i < term.parts().size(); i++) {
            int part = i;
            simpler(term.parts().get(i)).forEach(s -> simpler.add(term.with(part, s)));
        }
        return simpler;
    }

    private static Stream<Term> parts(Term term) {
        return term.parts().stream().flatMap(p -> Stream.concat(Stream.of(p), parts(p)));
    }

    private static Stream<Term> constants(Term.Kind kind) {
        return switch (kind) {
            case REAL -> Stream.of(Term.real("1f"));
            case WHOLE -> Stream.of(Term.whole("0"), Term.whole("1"));
            case TRUTH -> Stream.of(Term.truth("true"), Term.truth("false"));
            case VECTOR, STATEMENTS -> Stream.of();
        };
    }

    /** Shorter rows in all inputs of one length. */
    private Stream<Case> lengths() {
        return best.batch().lengths().stream()
                .filter(length -> length > 1)
                .flatMap(length -> Stream.of(1, 2, length / 2, length - 1)
                        .filter(shorter -> shorter < length)
                        .distinct()
                        .map(shorter -> new Case(best.source(), best.batch().cut(length, shorter))));
    }

    private Stream<Case> values() {
        List<Case> cases = new ArrayList<>();
        Batch batch = best.batch();
        for (int unit = 0; unit < batch.drawn().size(); unit++) {
            for (Input input : batch.formula().inputs()) {
                Object value = batch.drawn().get(unit).get(input.name());
                for (Object nearer : nearer(input, value)) {
                    cases.add(new Case(best.source(), batch.with(unit, input, nearer)));
                }
            }
        }
        return cases.stream();
    }

    private static List<Object> nearer(Input input, Object value) {
        List<Object> all = new ArrayList<>();
        switch (value) {
            case Double d -> all.addAll(nearer(input, d.doubleValue()));
            case double[] row -> {
                for (int i = 0; i < row.length; i++) {
                    for (double simple : nearer(input, row[i])) {
                        double[] changed = row.clone();
                        changed[i] = simple;
                        all.add(changed);
                    }
                }
            }
            case double[][] rows -> {
                for (int i = 0; i < rows.length; i++) {
                    for (Object row : nearer(input, rows[i])) {
                        double[][] changed = rows.clone();
                        changed[i] = (double[]) row;
                        all.add(changed);
                    }
                }
            }
            default -> throw new AssertionError(value);
        }
        return all;
    }

    /** Simpler numbers than a number, the simplest first. */
    private static List<Double> nearer(Input input, double value) {
        if (input.type() == Type.INT) {
            return value > 0 ? List.of(0.0) : List.of();
        }
        double floor = Math.floor(value);
        double tenth = (double) (float) (Math.rint(value * 10) / 10);
        return Stream.of(0.0, 1.0, floor, tenth)
                .filter(v -> complexity(v) < complexity(value) && v >= input.min() && v <= input.max())
                .toList();
    }

    private static int complexity(double value) {
        return value == 0
                ? 0
                : value == 1 ? 1 : Math.min(2 + Double.toString(value).length(), 40);
    }
}
