package dev.lossforge.cli.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The description of a generated class, as in its resource {@code META-INF/lossforge/<class>.json}.
 *
 * @param className the generated class
 * @param declaredIn the class with the formula method, without its package
 * @param comment the documentation comment of the method
 * @param source the source text of the method
 * @param formula the formula in mathematical notation; this and the following formulas are empty if too long to read
 * @param stable the formula after the stability rules
 * @param parts the parts that are reported with the value; none in descriptions by older versions
 * @param passes the number of passes of the kernel over the data of a unit
 * @param valueCost the cost of the value alone
 * @param cost the cost of the value and the derivatives together
 * @param kernel the statements of the kernel, as text
 */
public record LossDescription(
        String className,
        Kind kind,
        String name,
        String declaredIn,
        Scope scope,
        String comment,
        List<Input> inputs,
        boolean hessian,
        String source,
        String formula,
        String stable,
        List<Part> parts,
        List<String> gradient,
        List<String> diagonalHessian,
        List<Rewrite> rewrites,
        int passes,
        List<Cost> valueCost,
        List<Cost> cost,
        String kernel) {

    public LossDescription {
        parts = List.copyOf(Objects.requireNonNullElse(parts, List.of()));
    }

    /** The two kinds of formula. */
    public enum Kind {
        LOSS,
        REGULARIZER
    }

    /** The unit that one evaluation covers. */
    public enum Scope {
        ELEMENT,
        SAMPLE,
        BATCH
    }

    /** The role of an input. */
    public enum Role {
        PREDICTION,
        WEIGHT,
        TARGET,
        PARAMETER
    }

    /**
     * A parameter of the formula method.
     *
     * @param type {@code float} or {@code int}
     * @param min the smallest permitted value; null for no bound, as for {@code max}
     */
    public record Input(
            String name,
            Role role,
            String type,
            int rank,
            @Nullable Double min,
            @Nullable Double max,
            boolean trainable,
            @Nullable Double defaultValue) {

        /** Whether it is a prediction or a weight, with respect to which the loss is differentiated. */
        public boolean isPrediction() {
            return role == Role.PREDICTION || role == Role.WEIGHT;
        }

        /** The type in Java: {@code float[]}. */
        public String javaType() {
            return type + "[]".repeat(rank);
        }
    }

    /** A part: its name, and its formula after the stability rules, which is empty if it is too long to read. */
    public record Part(String name, String stable) {}

    /** One application of a stability rule. */
    public record Rewrite(String rule, String assumption, String original, String replacement) {}

    /**
     * The numbers of operations inside nested loops, which are named by their extents. Without loops, the operations
     * run once per unit.
     */
    public record Cost(List<String> over, Map<String, Integer> operations) {}

    /** The inputs that a caller gives with each batch. */
    public List<Input> data() {
        return inputs.stream().filter(i -> i.role() != Role.PARAMETER).toList();
    }

    public List<Input> predictions() {
        return inputs.stream().filter(Input::isPrediction).toList();
    }

    public List<Input> targets() {
        return inputs.stream().filter(i -> i.role() == Role.TARGET).toList();
    }

    /** The hyperparameters, in the order of the constructor. */
    public List<Input> parameters() {
        return inputs.stream().filter(i -> i.role() == Role.PARAMETER).toList();
    }

    /** The package of the generated class; empty for the unnamed package. */
    public String packageName() {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** The name of the generated class without its package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** The signature, as in {@code huber(p, y; delta)}: the inputs of each batch, then the hyperparameters. */
    public String signature() {
        String parameters = parameters().stream().map(Input::name).collect(Collectors.joining(", "));
        return data().stream().map(Input::name).collect(Collectors.joining(", ", name + "(", ""))
                + (parameters.isEmpty() ? ")" : "; " + parameters + ")");
    }
}
