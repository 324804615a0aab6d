package dev.lossforge.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * One kernel of a loss: each work-item evaluates every so-many-th unit, or each work-group every so-many-th row, and
 * each work-group adds up its losses in local memory and stores one partial sum.
 *
 * <p>Everything but the sizes of local arrays is read from small arrays, since TornadoVM bakes scalar arguments into
 * the kernel when it first compiles it. A local array is used where it is made: passed to a method it is addressed past
 * its end.
 */
final class DeviceKernel {
    /** Elements that a work-item has under way at once: their loads stand before all stores. Measured. */
    private static final int LANES = 4;
    /** The greatest number of work-items in a group. */
    private static final int LARGEST_GROUP = 1024;

    private static final String[] RESERVED = {
        "c",
        "weights",
        "values",
        "partials",
        "settings",
        "sizes",
        "tree",
        "units",
        "weighted",
        "keepsValues",
        "factor",
        "step",
        "total",
        "unit",
        "item",
        "distance",
        "local",
        "other",
        "sums"
    };

    private final LoopNest nest;
    private final List<Statement> statements;
    private final DeviceScope scope;
    private final List<Argument> arguments = new ArrayList<>();

    /** An array that a kernel works on, and where the caller finds it. */
    private record Argument(ClassName type, String name, CodeBlock passed) {}

    DeviceKernel(LoopNest nest, List<Statement> statements) {
        this.nest = nest;
        this.statements = statements;
        this.scope = new DeviceScope(nest, RESERVED);
        addArguments();
    }

    private void addArguments() {
        for (Input input : nest.formula().inputs()) {
            ClassName type = DeviceTypes.array(input.type());
            String from = type.equals(DeviceTypes.INT_ARRAY) ? "ints" : "floats";
            add(type, scope.array(input), CodeBlock.of("arguments.$L($L)", from, input.position()));
        }
        for (KernelParts.Derivative d : written()) {
            CodeBlock passed = CodeBlock.of(
                    d.order() == 1 ? "arguments.gradient($L)" : "arguments.hessian($L)",
                    d.input().position());
            add(DeviceTypes.FLOAT_ARRAY, scope.derivative(d.order(), d.input()), passed);
        }
        for (String name : List.of("weights", "values", "partials", "settings")) {
            add(DeviceTypes.FLOAT_ARRAY, name, CodeBlock.of("arguments.$L()", name));
        }
        add(DeviceTypes.INT_ARRAY, "sizes", CodeBlock.of("arguments.sizes()"));
    }

    private void add(ClassName type, String name, CodeBlock passed) {
        arguments.add(new Argument(type, name, passed));
    }

    /** The derivatives that the kernel writes; none if it computes the value alone. */
    private List<KernelParts.Derivative> written() {
        List<KernelParts.Derivative> written = new ArrayList<>(KernelParts.derivatives(statements));
        written.addAll(untouched());
        return written;
    }

    /** Derivatives by predictions on which the loss does not depend: they are 0. */
    private List<KernelParts.Derivative> untouched() {
        if (statements == nest.valueStatements()) {
            return List.of();
        }
        Set<KernelParts.Derivative> touched = KernelParts.derivatives(statements);
        List<KernelParts.Derivative> untouched = new ArrayList<>();
        for (int order = 1; order <= (nest.formula().diagonalHessian() ? 2 : 1); order++) {
            for (Input input : nest.formula().inputs()) {
                KernelParts.Derivative derivative = new KernelParts.Derivative(order, input);
                if (input.role() == Role.PREDICTION && !touched.contains(derivative)) {
                    untouched.add(derivative);
                }
            }
        }
        return untouched;
    }

    /** The number of arguments of the kernel's task. */
    int arguments() {
        return arguments.size() + 1;
    }

    /** What the caller passes to the kernel, after the context. */
    List<CodeBlock> passed() {
        return arguments.stream().map(Argument::passed).toList();
    }

    /** The kernel with units for its work-items. */
    MethodSpec method(String name) {
        CodeBlock body = CodeBlock.builder()
                .addStatement("int step = c.globalGroupSizeX")
                .addStatement("float total = 0f")
                .addStatement("int unit = c.globalIdx")
                .add(loops())
                .add(partialSum())
                .build();
        return method(name, localArray("tree"), body);
    }

    /** The kernel with rows for its work-groups; see {@link SharedRow}. */
    MethodSpec methodOfSharedRows(String name) {
        CodeBlock arrays = SharedRow.reducesToPairs(statements)
                ? localArray("tree").toBuilder().add(localArray("sums")).build()
                : localArray("tree");
        CodeBlock body = CodeBlock.builder()
                .addStatement("int item = c.localIdx")
                .addStatement("int local = c.localGroupSizeX")
                .addStatement("int step = c.globalGroupSizeX / local")
                .addStatement("float total = 0f")
                .beginControlFlow("for (int unit = c.groupIdx; unit < units; unit += step)")
                .add(sharedRow())
                .endControlFlow()
                .beginControlFlow("if (item == 0)")
                .addStatement("partials.set(c.groupIdx, total)")
                .endControlFlow()
                .build();
        return method(name, arrays, body);
    }

    private static CodeBlock localArray(String name) {
        return CodeBlock.builder()
                .addStatement("float[] $L = c.allocateFloatLocalArray($L)", name, LARGEST_GROUP)
                .build();
    }

    private MethodSpec method(String name, CodeBlock localArrays, CodeBlock body) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameter(DeviceTypes.KERNEL_CONTEXT, "c");
        arguments.forEach(a -> method.addParameter(a.type(), a.name()));
        return method.addCode(CodeBlock.builder()
                        .add(localArrays)
                        .addStatement("int units = sizes.get(0)")
                        .addStatement("boolean weighted = sizes.get(1) != 0")
                        .addStatement("boolean keepsValues = sizes.get(2) != 0")
                        .add(written().isEmpty() ? CodeBlock.of("") : CodeBlock.of("float factor = settings.get(0);\n"))
                        .add(scope.head())
                        .add(body)
                        .build())
                .build();
    }

    private CodeBlock loops() {
        CodeBlock.Builder code = CodeBlock.builder();
        if (nest.formula().scope() == Scope.ELEMENT) {
            code.beginControlFlow("for (; unit < units - $L * step; unit += $L * step)", LANES - 1, LANES)
                    .add(lanes(LANES))
                    .endControlFlow();
        }
        return code.beginControlFlow("for (; unit < units; unit += step)")
                .add(lanes(1))
                .endControlFlow()
                .build();
    }

    /** Some units at once: what all of them read comes first, since a load cannot be moved before a store. */
    private CodeBlock lanes(int count) {
        CodeBlock.Builder loads = CodeBlock.builder();
        CodeBlock.Builder bodies = CodeBlock.builder();
        for (int lane = 0; lane < count; lane++) {
            scope.beginUnit();
            String unit = lane == 0 ? "unit" : scope.fresh("unit");
            if (lane > 0) {
                loads.addStatement("int $L = unit + $L", unit, lane == 1 ? "step" : lane + " * step");
            }
            DeviceUnit body = begin(unit, loads);
            untouched().forEach(d -> bodies.add(body.clear(d.order(), d.input(), Rounds.ALL)));
            bodies.add(body.statements(statements));
        }
        return loads.add(bodies.build()).build();
    }

    private CodeBlock sharedRow() {
        scope.beginUnit();
        CodeBlock.Builder code = CodeBlock.builder();
        SharedRow row = new SharedRow(scope, begin("unit", code));
        untouched().forEach(d -> code.add(row.clear(d.order(), d.input())));
        return code.add(row.statements(statements)).build();
    }

    /** Reads the entries of a unit, its weight and the factor of its derivatives. */
    private DeviceUnit begin(String unit, CodeBlock.Builder loads) {
        String weight = scope.fresh("weight");
        String scale = scope.fresh("scale");
        loads.add(loads(unit)).addStatement("float $L = weighted ? weights.get($L) : 1f", weight, unit);
        if (!written().isEmpty()) {
            loads.addStatement("float $L = factor * $L", scale, weight);
        }
        return new DeviceUnit(scope, unit, weight, scale);
    }

    private CodeBlock loads(String unit) {
        CodeBlock.Builder loads = CodeBlock.builder();
        for (Input input : scope.entries()) {
            loads.addStatement(
                    "$T $L = $L.get($L)",
                    Operations.javaType(input.type()),
                    scope.loaded(input),
                    scope.array(input),
                    unit);
        }
        return loads.build();
    }

    private static CodeBlock partialSum() {
        return CodeBlock.builder()
                .addStatement("int item = c.localIdx")
                .addStatement("tree[item] = total")
                .beginControlFlow("for (int distance = c.localGroupSizeX / 2; distance > 0; distance >>= 1)")
                .addStatement("c.localBarrier()")
                .beginControlFlow("if (item < distance)")
                .addStatement("tree[item] += tree[item + distance]")
                .endControlFlow()
                .endControlFlow()
                .beginControlFlow("if (item == 0)")
                .addStatement("partials.set(c.groupIdx, tree[0])")
                .endControlFlow()
                .build();
    }
}
