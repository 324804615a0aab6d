package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Takes targets out of a batch: some become NaN, or infinite where the declared range allows it. The batch that they
 * are taken from is judged as well, since derivatives of a formula without a value are compared with nothing.
 */
public final class Gaps {

    private static final List<Double> MISSING =
            List.of(Double.NaN, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY);

    private final RandomGenerator random;

    private Gaps(RandomGenerator random) {
        this.random = random;
    }

    /** A batch as it is and, if it has targets, with gaps. These are always the same. */
    public static List<Batch> withAndWithout(Batch batch) {
        List<Input> targets = batch.formula().inputs().stream()
                .filter(i -> i.role() == Role.TARGET && i.type() == Type.FLOAT)
                .toList();
        if (targets.isEmpty()) {
            return List.of(batch);
        }
        Gaps gaps = new Gaps(new SplittableRandom(batch.formula().methodName().hashCode() + 31L * batch.units()));
        List<Map<String, Object>> drawn =
                batch.drawn().stream().map(unit -> gaps.in(unit, targets)).toList();
        return List.of(batch, new Batch(batch.formula(), batch.units(), drawn));
    }

    private Map<String, Object> in(Map<String, Object> unit, List<Input> targets) {
        Map<String, Object> changed = new LinkedHashMap<>(unit);
        targets.forEach(i -> changed.compute(i.name(), (name, value) -> in(value, i)));
        return changed;
    }

    private Object in(Object value, Input target) {
        return switch (value) {
            case Double d -> some(d, target);
            case double[] row -> Arrays.stream(row).map(v -> some(v, target)).toArray();
            case double[][] rows ->
                Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).map(v -> some(v, target)).toArray())
                        .toArray(double[][]::new);
            default -> throw new AssertionError(value);
        };
    }

    private double some(double value, Input target) {
        if (random.nextInt(4) > 0) {
            return value;
        }
        double missing = MISSING.get(random.nextInt(MISSING.size()));
        return missing < target.min() || missing > target.max() ? Double.NaN : missing;
    }
}
