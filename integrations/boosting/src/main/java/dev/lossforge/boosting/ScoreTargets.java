package dev.lossforge.boosting;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The targets of a loss: the named values of the rows and, for the one target without values, the label. */
final class ScoreTargets {
    private final LossSignature signature;
    private final boolean byGroup;
    private final ScoreColumns columns;
    private final Map<LossSignature.Input, float[]> values;
    private final BoostingRows rows;

    private ScoreTargets(
            LossSignature signature,
            boolean byGroup,
            ScoreColumns columns,
            Map<LossSignature.Input, float[]> values,
            BoostingRows rows) {
        this.signature = signature;
        this.byGroup = byGroup;
        this.columns = columns;
        this.values = values;
        this.rows = rows;
    }

    /**
     * @throws ConfigurationException if a target has no values, or values have no target
     * @throws DataException if a target has too many or too few values, or one outside the range that the loss declares
     */
    static ScoreTargets of(LossSignature signature, boolean byGroup, ScoreColumns columns, BoostingRows rows) {
        List<LossSignature.Input> targets = targets(signature);
        for (String name : rows.targets().keySet()) {
            if (targets.stream().noneMatch(target -> target.name().equals(name))) {
                throw new ConfigurationException(
                        "The loss " + signature + " has no target '" + name + "'; it has " + names(targets) + ".");
            }
        }
        List<LossSignature.Input> left = targets.stream()
                .filter(target -> !rows.targets().containsKey(target.name()))
                .toList();
        if (left.size() > 1) {
            throw new ConfigurationException("The loss " + signature + " has the targets " + names(left)
                    + ", of which only one can be the label; give the others by withTarget.");
        }
        Map<LossSignature.Input, float[]> values = new LinkedHashMap<>();
        for (LossSignature.Input target : targets) {
            values.put(target, rows.targets().getOrDefault(target.name(), rows.labels()));
        }
        ScoreTargets result = new ScoreTargets(signature, byGroup, columns, values, rows);
        values.forEach(result::requireLength);
        values.forEach(result::requireRange);
        return result;
    }

    static List<LossSignature.Input> targets(LossSignature signature) {
        return signature.inputs().stream()
                .filter(input -> input.role() == LossSignature.Input.Role.TARGET)
                .toList();
    }

    private static String names(List<LossSignature.Input> targets) {
        return targets.isEmpty()
                ? "none"
                : targets.stream().map(LossSignature.Input::name).collect(Collectors.joining(", "));
    }

    private void requireLength(LossSignature.Input target, float[] given) {
        int expected = isPerUnit(target)
                ? byGroup ? rows.groups().length : 1
                : signature.scope() == Scope.ELEMENT
                        ? rows.count() * columns.columns().getFirst().width()
                        : rows.count();
        boolean severalPerRow = isRow(target) && expected > 0 && given.length > 0 && given.length % expected == 0;
        if (given.length != expected && !severalPerRow) {
            throw new DataException("The target '" + target.name() + "' of the loss " + signature + " has "
                    + given.length + " values, but " + (isRow(target) ? "a multiple of " : "") + expected
                    + " are needed for " + rows.count() + " rows"
                    + (byGroup ? " in " + rows.groups().length + " groups." : "."));
        }
    }

    private void requireRange(LossSignature.Input target, float[] given) {
        float min = (float) target.min();
        float max = (float) target.max();
        for (int i = 0; i < given.length && isBounded(target); i++) {
            boolean inside = given[i] >= min && given[i] <= max; // NaN is outside
            if (!inside && counts(i, given.length)) {
                int units = byGroup && isPerUnit(target) ? rows.groups().length : rows.count();
                int unit = (int) ((long) i * units / given.length);
                throw new DataException("The target '" + target.name() + "' of "
                        + (units == rows.count() ? "row " : "group ") + (unit + 1) + " (index " + unit + ") is "
                        + given[i] + ", but the loss " + signature + " declares it "
                        + range(target) + "; to leave it out, give it the weight 0.");
            }
        }
    }

    private static boolean isBounded(LossSignature.Input target) {
        return !(Double.isInfinite(target.min()) && Double.isInfinite(target.max()));
    }

    private boolean counts(int value, int values) {
        int weights = rows.weights().length;
        return weights == 0 || rows.weights()[(int) ((long) value * weights / values)] != 0;
    }

    private static String range(LossSignature.Input target) {
        if (Double.isInfinite(target.max())) {
            return "at least " + target.min();
        }
        return Double.isInfinite(target.min())
                ? "at most " + target.max()
                : "between " + target.min() + " and " + target.max();
    }

    /** Whether a target has one value per evaluation, not per row. */
    private boolean isPerUnit(LossSignature.Input target) {
        return target.rank() == 0 && (signature.scope() == Scope.BATCH || byGroup && signature.scope() == Scope.SAMPLE);
    }

    /** Whether a target may have several values for each row of the booster. */
    private boolean isRow(LossSignature.Input target) {
        return signature.scope() == Scope.BATCH
                ? target.rank() == 2
                : signature.scope() == Scope.SAMPLE && !byGroup && target.rank() == 1;
    }

    /** The same inputs with the targets of the rows of a piece. */
    LossInputs addTo(LossInputs inputs, Piece piece) {
        LossInputs all = inputs;
        for (Map.Entry<LossSignature.Input, float[]> entry : values.entrySet()) {
            all = all.and(entry.getKey().name(), data(entry.getKey(), entry.getValue(), piece));
        }
        return all;
    }

    private Data data(LossSignature.Input target, float[] given, Piece piece) {
        if (isPerUnit(target)) {
            float[] own = byGroup ? piece.ofGroups(given) : given;
            return typed(
                    target,
                    own,
                    signature.scope() == Scope.BATCH ? Shape.scalar() : Shape.of(own.length),
                    "group",
                    piece);
        }
        int width = rows.count() == 0 ? 1 : given.length / rows.count();
        return typed(target, piece.ofRows(given, width), shape(target, piece, width), "row", piece);
    }

    private Shape shape(LossSignature.Input target, Piece piece, int width) {
        if (byGroup && signature.scope() == Scope.SAMPLE) {
            return Shape.of(piece.groups().length, piece.rows() / piece.groups().length);
        }
        boolean flat = signature.scope() == Scope.SAMPLE && target.rank() == 0
                || signature.scope() == Scope.BATCH && target.rank() == 1;
        return flat ? Shape.of(piece.rows()) : Shape.of(piece.rows(), width);
    }

    private static Data typed(LossSignature.Input target, float[] own, Shape shape, String unit, Piece piece) {
        if (target.type() == LossSignature.Input.Type.FLOAT) {
            return Tensor.over(own, shape.toArray());
        }
        int[] whole = new int[own.length];
        for (int i = 0; i < whole.length; i++) {
            whole[i] = (int) own[i];
            if (whole[i] != own[i]) {
                int place = i * (unit.equals("group") ? piece.groups().length : piece.rows()) / own.length;
                int number = unit.equals("group") ? piece.groups()[place] : piece.row(place);
                throw new DataException(
                        "The target '" + target.name() + "' of " + unit + " " + (number + 1) + " (index " + number
                                + ") is " + own[i] + ", but the loss takes whole numbers, such as class indices.");
            }
        }
        return IntTensor.over(whole, shape.toArray());
    }
}
