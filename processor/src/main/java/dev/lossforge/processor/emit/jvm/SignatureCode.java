package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import dev.lossforge.processor.emit.ExcludedExtents;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.PartNest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The signature constant of a generated class, and its constructors. */
final class SignatureCode {
    private final LoopNest nest;
    private final List<PartNest> parts;
    private final Formula formula;
    private final List<Input> parameters;
    private final Map<Input, String> names = new HashMap<>();

    SignatureCode(LoopNest nest, List<PartNest> parts) {
        this.nest = nest;
        this.parts = parts;
        this.formula = nest.formula();
        this.parameters = formula.inputs().stream()
                .filter(i -> i.role() == Role.PARAMETER)
                .toList();
        Names free = new Names("SIGNATURE");
        parameters.forEach(p -> names.put(p, free.fresh(p.name())));
    }

    FieldSpec field() {
        CodeBlock inputs = formula.inputs().stream().map(SignatureCode::input).collect(CodeBlock.joining(", "));
        return FieldSpec.builder(RuntimeTypes.SIGNATURE, "SIGNATURE", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(
                        "new $T($S, $T.$L, $T.of($L), $T.of($L), $L$L)$L",
                        RuntimeTypes.SIGNATURE,
                        formula.methodName(),
                        RuntimeTypes.SCOPE,
                        formula.scope(),
                        List.class,
                        inputs,
                        List.class,
                        equalExtents(),
                        formula.diagonalHessian(),
                        partNames(),
                        excludedExtents())
                .build();
    }

    private static CodeBlock input(Input input) {
        CodeBlock type = CodeBlock.of("$T.$L", RuntimeTypes.INPUT_TYPE, input.type() == Type.INT ? "INT" : "FLOAT");
        return switch (input.role()) {
            case PREDICTION, WEIGHT ->
                CodeBlock.of("$T.prediction($S, $L)", RuntimeTypes.INPUT, input.name(), input.rank());
            case TARGET ->
                CodeBlock.of(
                        "$T.target($S, $L, $L)$L", RuntimeTypes.INPUT, input.name(), type, input.rank(), range(input));
            case PARAMETER ->
                CodeBlock.of(
                        "$T.parameter($S, $L, $L)$L$L",
                        RuntimeTypes.INPUT,
                        input.name(),
                        type,
                        input.rank(),
                        range(input),
                        input.trainable() ? ".asTrainable()" : "");
        };
    }

    private static CodeBlock range(Input input) {
        return Double.isInfinite(input.min()) && Double.isInfinite(input.max())
                ? CodeBlock.of("")
                : CodeBlock.of(".between($L, $L)", bound(input.min()), bound(input.max()));
    }

    private static CodeBlock bound(double value) {
        return Double.isInfinite(value)
                ? CodeBlock.of("$T.$L", Double.class, value > 0 ? "POSITIVE_INFINITY" : "NEGATIVE_INFINITY")
                : CodeBlock.of("$L", value);
    }

    private CodeBlock partNames() {
        return parts.isEmpty()
                ? CodeBlock.of("")
                : CodeBlock.of(
                        ", $T.of($L)",
                        List.class,
                        parts.stream().map(p -> CodeBlock.of("$S", p.name())).collect(CodeBlock.joining(", ")));
    }

    /** Of the value and, where those of the value do not say so already, of the parts. */
    private CodeBlock equalExtents() {
        Set<CodeBlock> rules = new LinkedHashSet<>();
        Stream.concat(Stream.of(nest), parts.stream().map(PartNest::nest)).forEach(n -> addEqualExtents(n, rules));
        return rules.stream().collect(CodeBlock.joining(", "));
    }

    private static void addEqualExtents(LoopNest nest, Set<CodeBlock> rules) {
        for (List<Expr.Extent> equal : nest.equalExtents()) {
            Expr.Extent first = equal.getFirst();
            for (Expr.Extent other : equal.subList(1, equal.size())) {
                rules.add(CodeBlock.of(
                        "new $T($L, $L, $L, $L)",
                        RuntimeTypes.EQUAL_EXTENTS,
                        first.input().position(),
                        first.axis(),
                        other.input().position(),
                        other.axis()));
            }
        }
    }

    private CodeBlock excludedExtents() {
        CodeBlock ranges = ExcludedExtents.of(nest).stream()
                .map(range -> CodeBlock.of(
                        "new $T($L, $L, $L, $L)",
                        RuntimeTypes.EXCLUDED_EXTENTS,
                        range.axis().input().position(),
                        range.axis().axis(),
                        range.from(),
                        range.to()))
                .collect(CodeBlock.joining(", "));
        return ranges.isEmpty() ? ranges : CodeBlock.of(".excluding($L)", ranges);
    }

    /** One constructor with all hyperparameters, and one without those at the end that have defaults. */
    List<MethodSpec> constructors() {
        int required = parameters.size();
        while (required > 0 && parameters.get(required - 1).defaultValue().isPresent()) {
            required--;
        }
        List<MethodSpec> constructors = new ArrayList<>();
        if (required < parameters.size()) {
            constructors.add(shorter(required));
        }
        constructors.add(full());
        return constructors;
    }

    private MethodSpec shorter(int required) {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
        List<CodeBlock> arguments = new ArrayList<>();
        for (Input input : parameters.subList(0, required)) {
            constructor.addParameter(type(input), name(input));
            arguments.add(CodeBlock.of("$L", name(input)));
        }
        List<CodeBlock> defaults = new ArrayList<>();
        for (Input input : parameters.subList(required, parameters.size())) {
            double value = input.defaultValue().orElseThrow();
            Term constant = input.type() == Type.INT ? Operations.constant((int) value) : Operations.constant(value);
            arguments.add(constant.code());
            defaults.add(CodeBlock.of("{@code $L = $L}", input.name(), constant));
        }
        return constructor
                .addJavadoc("The formula with $L.", CodeBlock.join(defaults, ", "))
                .addStatement("this($L)", CodeBlock.join(arguments, ", "))
                .build();
    }

    private MethodSpec full() {
        MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC);
        List<CodeBlock> arguments = new ArrayList<>(List.of(CodeBlock.of("SIGNATURE")));
        for (Input input : parameters) {
            constructor.addParameter(type(input), name(input));
            arguments.add(tensor(input));
        }
        return constructor
                .addStatement("super($L)", CodeBlock.join(arguments, ", "))
                .build();
    }

    /** The name of a constructor's parameter: the hyperparameter's, where it does not obscure what the code names. */
    private String name(Input input) {
        return Objects.requireNonNull(names.get(input), "a hyperparameter has a name");
    }

    private static TypeName type(Input input) {
        TypeName type = TypeName.get(Operations.javaType(input.type()));
        for (int axis = 0; axis < input.rank(); axis++) {
            type = ArrayTypeName.of(type);
        }
        return type;
    }

    /** A hyperparameter as the runtime holds it: a copy. */
    private CodeBlock tensor(Input input) {
        String name = name(input);
        if (input.type() == Type.INT) {
            return input.rank() == 0
                    ? CodeBlock.of("$T.over(new int[] {$L})", RuntimeTypes.TENSOR_INTS, name)
                    : CodeBlock.of("$T.vector($L)", RuntimeTypes.TENSOR_INTS, name);
        }
        String factory = input.rank() == 0 ? "scalar" : input.rank() == 1 ? "vector" : "matrix";
        return CodeBlock.of("$T.$L($L)", RuntimeTypes.TENSOR_FLOATS, factory, name);
    }
}
