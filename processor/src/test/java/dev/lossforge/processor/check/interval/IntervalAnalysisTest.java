package dev.lossforge.processor.check.interval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprListing;
import dev.lossforge.processor.ir.Exprs;
import dev.lossforge.processor.ir.InputValues;
import dev.lossforge.processor.ir.Interpreter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random formulas at random inputs in their ranges: the value is in the interval, and where no risk was found it is not
 * NaN. After a risk the intervals are those of the operands without it. The analysis speaks of real numbers, so points
 * at which some operation overflows, or is rounded onto a limit that it never reaches, are not judged.
 * {@code -Dlossforge.random.intervals=N} tries N formulas.
 */
class IntervalAnalysisTest {

    private static final int FORMULAS = Integer.getInteger("lossforge.random.intervals", 4000);
    private static final int POINTS = 12;

    private int judged;
    private int withoutRisk;

    @Test
    void valuesAreInTheirIntervals() {
        for (int seed = 0; seed < FORMULAS; seed++) {
            check(seed);
        }
        assertThat(judged).as("points not rounded or overflown").isGreaterThan(withoutRisk * POINTS / 2);
        assertThat(withoutRisk).as("formulas without risk").isGreaterThan(FORMULAS / 5);
    }

    private void check(int seed) {
        RangedFormula formula = new RangedFormula(new SplittableRandom(seed));
        List<Risk> risks = new ArrayList<>();
        IntervalAnalysis analysis = new IntervalAnalysis(formula.exprs(), (risk, path) -> risks.add(risk));
        Interval interval = analysis.of(formula.value());
        risks.removeIf(Risk.VerticalSlope.class::isInstance);
        risks.removeIf(Risk.Overflow.class::isInstance);
        if (!risks.isEmpty()) {
            return;
        }
        withoutRisk++;
        IntervalAnalysis everywhere = new IntervalAnalysis(formula.exprs(), (risk, path) -> {});
        for (int point = 0; point < POINTS; point++) {
            Map<String, Object> inputs = formula.draw();
            Interpreter interpreter = new Interpreter(formula.exprs(), InputValues.of(inputs));
            double value = interpreter.evaluate(formula.value());
            String label = "seed %d, value %s, interval %s, inputs %s%n%s"
                    .formatted(seed, value, interval, text(inputs), listing(formula));
            if (!isRounded(formula, everywhere, interpreter)) {
                judged++;
                assertThat(interval.nan()).as(label).isFalse();
                assertThat(isIn(value, interval)).as(label).isTrue();
            }
        }
    }

    private static boolean isIn(double value, Interval interval) {
        double slack = 1e-9 * (1 + Math.abs(value));
        return interval.contains(value)
                || Double.isFinite(value) && value > interval.low() - slack && value < interval.high() + slack;
    }

    /** Whether some operation gives an infinity or a limit where real arithmetic would give another number. */
    private static boolean isRounded(RangedFormula formula, IntervalAnalysis analysis, Interpreter interpreter) {
        for (Expr node : nodes(formula.value())) {
            Interval interval = analysis.of(node);
            for (double value : values(formula.exprs(), node, interpreter)) {
                boolean atLimit = !interval.contains(value) && (value == interval.low() || value == interval.high());
                boolean atHole = value == 0 && interval.withoutZero();
                if (Double.isInfinite(value) && !interval.contains(value)
                        || atLimit
                        || atHole
                        || Math.abs(value) > 1e6) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<Expr> nodes(Expr root) {
        Set<Expr> nodes = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(root, nodes);
        return nodes;
    }

    private static void collect(Expr node, Set<Expr> nodes) {
        if (nodes.add(node)) {
            Exprs.operands(node).forEach(o -> collect(o, nodes));
        }
    }

    /** The values of a node for all values of its free indices. */
    private static List<Double> values(Exprs exprs, Expr node, Interpreter interpreter) {
        List<Map<Expr.Index, Integer>> bindings = new ArrayList<>();
        bindings.add(new HashMap<>());
        for (Expr.Index index : exprs.freeIndices(node)) {
            int extent = (int) interpreter.evaluate(index.extent());
            List<Map<Expr.Index, Integer>> extended = new ArrayList<>();
            for (Map<Expr.Index, Integer> binding : bindings) {
                for (int i = 0; i < extent; i++) {
                    Map<Expr.Index, Integer> more = new HashMap<>(binding);
                    more.put(index, i);
                    extended.add(more);
                }
            }
            bindings = extended;
        }
        return bindings.stream().map(b -> interpreter.evaluate(node, b)).toList();
    }

    private static String text(Map<String, Object> inputs) {
        StringBuilder text = new StringBuilder();
        inputs.forEach((name, value) -> text.append(name)
                .append(" = ")
                .append(value instanceof double[] row ? java.util.Arrays.toString(row) : value)
                .append("; "));
        return text.toString();
    }

    private static String listing(RangedFormula formula) {
        ExprListing listing = new ExprListing(formula.exprs());
        String name = listing.name(formula.value());
        return listing.lines() + name;
    }
}
