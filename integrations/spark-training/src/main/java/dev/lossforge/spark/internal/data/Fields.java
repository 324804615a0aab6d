package dev.lossforge.spark.internal.data;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.data.Batch.Weighting;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.LossTerm;
import dev.lossforge.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Determines the fields of a row that a model and its losses use. */
public final class Fields {
    private Fields() {}

    /**
     * The fields of all inputs and targets.
     *
     * @param columns the columns of inputs and targets, by name; by default, a single input is in {@code features}, a
     *     single target is in {@code label}, and several are in the columns of their names
     * @param counting the columns of weights and masks, and the labels that are ignored
     * @throws ConfigurationException if a label is to be ignored that is of no target, or a weight
     */
    public static List<Field> of(
            Architecture architecture, CompileSpec spec, Map<String, String> columns, Counting counting) {
        List<Field> fields = new ArrayList<>();
        boolean single = architecture.inputs().size() == 1;
        architecture
                .inputs()
                .forEach((name, shape) -> fields.add(new Field(
                        Field.Kind.INPUT,
                        name,
                        columns.getOrDefault(name, single ? "features" : name),
                        false,
                        extents(shape))));
        Map<String, Field> targets = new LinkedHashMap<>();
        Set<String> names = spec.losses().stream()
                .flatMap(term -> targets(term).stream().map(term::source))
                .collect(Collectors.toSet());
        for (LossTerm term : spec.losses()) {
            for (LossSignature.Input input : targets(term)) {
                String name = term.source(input);
                targets.putIfAbsent(
                        name,
                        new Field(
                                Field.Kind.TARGET,
                                name,
                                columns.getOrDefault(name, names.size() == 1 ? "label" : name),
                                input.type() == LossSignature.Input.Type.INT,
                                targetShape(term, input, architecture, spec),
                                ignored(counting, name, names.size() == 1)));
            }
        }
        fields.addAll(targets.values());
        counting.weights().forEach((target, column) -> fields.add(counting(Field.Kind.WEIGHT, target, column)));
        counting.masks().forEach((target, column) -> fields.add(counting(Field.Kind.MASK, target, column)));
        for (Map<String, ?> named : List.of(counting.weights(), counting.masks(), counting.ignored())) {
            named.keySet().forEach(target -> requireTarget(target, names, named == counting.ignored()));
        }
        return fields;
    }

    private static Field counting(Field.Kind kind, String target, String column) {
        return new Field(kind, target, column, false, List.of(0));
    }

    private static @Nullable Integer ignored(Counting counting, String target, boolean only) {
        Integer own = counting.ignored().get(target);
        return own == null && only ? counting.ignored().get(Weighting.ALL) : own;
    }

    private static void requireTarget(String target, Set<String> targets, boolean one) {
        if (target.equals(Weighting.ALL) ? one && targets.size() != 1 : !targets.contains(target)) {
            throw new ConfigurationException("The losses have "
                    + (targets.isEmpty() ? "no targets" : "the targets " + String.join(", ", new TreeSet<>(targets)))
                    + ", but weights, a mask or an ignored label belong to "
                    + (target.isEmpty() ? "one without a name" : "'" + target + "'") + "; use the name of a target.");
        }
    }

    private static List<LossSignature.Input> targets(LossTerm term) {
        return term.loss().signature().dataInputs().stream()
                .filter(input -> input.role() == LossSignature.Input.Role.TARGET)
                .toList();
    }

    /**
     * The shape of one sample's target. A target per element has the shape of the prediction. In a target per sample, a
     * single value or a row takes the place of the prediction's last axis.
     */
    private static List<Integer> targetShape(
            LossTerm term, LossSignature.Input target, Architecture architecture, CompileSpec spec) {
        LossSignature.Input prediction = term.loss().signature().dataInputs().stream()
                .filter(input -> input.role() == LossSignature.Input.Role.PREDICTION)
                .findFirst()
                .orElseThrow();
        Map<String, Shape> outputs = architecture.outputs();
        Shape output = outputs.get(spec.output(term, prediction, outputs.keySet()));
        List<Integer> shape = new ArrayList<>(extents(output == null ? Shape.scalar() : output));
        if (term.loss().signature().scope() == Scope.SAMPLE) {
            shape.removeLast();
            if (target.rank() > 0) {
                shape.add(0);
            }
        }
        return shape;
    }

    private static List<Integer> extents(Shape shape) {
        return Arrays.stream(shape.toArray()).boxed().toList();
    }
}
