package dev.lossforge.processor.testing.random;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Single cases: compiled, judged and, when something is wrong with them, made small. */
public final class Trials {

    static final int MAX = 2000;

    private Trials() {}

    /** What is wrong with a case; nothing if the formula is refused. */
    public static Optional<Disagreement> run(Case trial) {
        return run(trial, UnaryOperator.identity());
    }

    /** The same for a compiler with a defect: it reads other sources than those that are run as Java. */
    public static Optional<Disagreement> run(Case trial, UnaryOperator<String> misreading) {
        try {
            Compiled compiled = Compiled.of(List.of(trial.source()), misreading);
            Judge.judge(compiled, trial.source(), trial.batch().of(compiled.formula(trial.source())));
            return Optional.empty();
        } catch (Compiled.RefusedException e) {
            return Optional.empty();
        } catch (Disagreement d) {
            return Optional.of(d);
        }
    }

    /** The case made small, ready to be pasted into a class. */
    public static String report(Case failing, Disagreement reason) {
        return Shrinker.shrink(failing, reason, Trials::run, MAX).report();
    }
}
