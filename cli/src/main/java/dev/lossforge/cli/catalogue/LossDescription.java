package dev.lossforge.cli.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A generated class as its resource {@code META-INF/lossforge/<class>.json} describes it.
 *
 * @param className the generated class
 * @param declaredIn the class with the formula method, without its package
 * @param comment the documentation comment of the method
 * @param source the text of the method
 * @param formula the formula as mathematics; empty if that would be too long to read, as are the following
 * @param stable the same after the stability rules
 * @param parts what is reported beside the value; none in descriptions of old
 * @param passes how often the kernel goes through the data of a unit
 * @param valueCost what the value alone costs
 * @param cost what value and derivatives cost together
 * @param kernel what the kernel does, as text
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

    /** What one evaluation covers. */
    public enum Scope {
        ELEMENT,
        SAMPLE,
        BATCH
    }

    /** What an input stands for. */
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
     * @param min null for no bound, as {@code max}
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

        /** Whether it is differentiated with respect to and given with each batch. */
        public boolean isPrediction() {
            return role == Role.PREDICTION || role == Role.WEIGHT;
        }

        /** As Java writes it: {@code float[]}. */
        public String javaType() {
            return type + "[]".repeat(rank);
        }
    }

    /** A part by its name, and what it is after the stability rules; empty if that would be too long to read. */
    public record Part(String name, String stable) {}

    /** A use of a stability rule. */
    public record Rewrite(String rule, String assumption, String original, String replacement) {}

    /** The operations inside some nested loops, named by their extents; once per unit where there are none. */
    public record Cost(List<String> over, Map<String, Integer> operations) {}

    /** The inputs that one gives with each batch. */
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

    /** The package of the generated class, empty for the unnamed one. */
    public String packageName() {
        return className.substring(0, Math.max(0, className.lastIndexOf('.')));
    }

    /** The generated class without its package. */
    public String simpleName() {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    /** As in {@code huber(p, y; delta)}: what is given with each batch, then the hyperparameters. */
    public String signature() {
        String parameters = parameters().stream().map(Input::name).collect(Collectors.joining(", "));
        return data().stream().map(Input::name).collect(Collectors.joining(", ", name + "(", ""))
                + (parameters.isEmpty() ? ")" : "; " + parameters + ")");
    }
}
