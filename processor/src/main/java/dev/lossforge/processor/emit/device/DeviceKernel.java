package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.FirstOrder;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * One kernel of a loss. Work-items stride over the units, or work-groups over the rows. Each work-group adds up its
 * losses in local memory and stores one partial sum.
 *
 * <p>Everything except the sizes of local arrays is read from small arrays, because TornadoVM compiles scalar arguments
 * into the kernel as constants. A local array is used only where it is created, because in another method it would be
 * addressed past its end.
 */
final class DeviceKernel {
    /**
     * The number of elements that a work-item processes together: their loads come before all stores. The number is the
     * fastest measured.
     */
    private static final int LANES = 4;
    /**
     * The maximum number of statements for this. A longer formula spends more time on computing than on loading, and
     * its repeated code would be too long.
     */
    private static final int MAX_STATEMENTS_IN_LANES = 60;
    /**
     * The maximum number of long functions for this. TornadoVM inlines each call, and gives up where there are many.
     */
    private static final int MAX_LONG_FUNCTIONS_IN_LANES = 6;

    private static final String[] RESERVED = {
        "c",
        "weights",
        "values",
        "partials",
        "settings",
        "sizes",
        "tree",
        "positions",
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
        "entry",
        "sums",
        "places"
    };

    private final LoopNest nest;
    private final int order;
    private final List<Statement> statements;
    private final boolean sharedRows;
    private final DeviceScope scope;
    private final ParameterParts parameters;
    private final List<KernelArgument> arguments = new ArrayList<>();

    /**
     * A kernel that computes the value and its derivatives up to an order.
     *
     * @param order 0 for the value only, 1 with the gradient, 2 also with the diagonal of the Hessian
     * @param sharedRows whether a work-group shares each row; see {@link SharedRow}
     */
    DeviceKernel(LoopNest nest, int order, boolean sharedRows) {
        this.nest = nest;
        this.order = order;
        this.statements = statements(nest, order);
        this.sharedRows = sharedRows;
        this.scope = new DeviceScope(nest, RESERVED);
        this.parameters = new ParameterParts(scope, written(), sharedRows);
        addArguments();
    }

    private static List<Statement> statements(LoopNest nest, int order) {
        return switch (order) {
            case 0 -> nest.valueStatements();
            case 1 -> FirstOrder.of(nest.statements());
            default -> nest.statements();
        };
    }

    private void addArguments() {
        nest.formula().inputs().forEach(input -> arguments.add(KernelArgument.of(scope, input)));
        written().forEach(d -> arguments.add(KernelArgument.of(scope, d, "parameterParts")));
        for (String name : List.of("weights", "values", "partials", "settings")) {
            arguments.add(KernelArgument.floats(name));
        }
        arguments.add(KernelArgument.ints("sizes"));
        List<Buffer> kept = Statements.buffers(statements);
        for (Type type : List.of(Type.FLOAT, Type.INT)) {
            if (kept.stream().anyMatch(b -> (b.type() == Type.INT) == (type == Type.INT))) {
                String getter = type == Type.INT ? "intTables" : "floatTables";
                arguments.add(new KernelArgument(
                        DeviceTypes.array(type), scope.tables(type), CodeBlock.of("arguments.tables().$L()", getter)));
            }
        }
        if (!kept.isEmpty()) {
            arguments.add(
                    new KernelArgument(DeviceTypes.INT_ARRAY, "places", CodeBlock.of("arguments.tables().places()")));
        }
    }

    /** The derivatives that the kernel writes; none if it computes only the value. */
    private List<Statements.Derivative> written() {
        List<Statements.Derivative> written = new ArrayList<>(Statements.derivatives(statements));
        written.addAll(untouched());
        return written;
    }

    /** The derivatives with respect to inputs on which the loss does not depend. They are 0. */
    private List<Statements.Derivative> untouched() {
        Set<Statements.Derivative> touched = Statements.derivatives(statements);
        List<Statements.Derivative> untouched = new ArrayList<>();
        for (int each = 1; each <= order; each++) {
            for (Input input : nest.formula().inputs()) {
                Statements.Derivative derivative = new Statements.Derivative(each, input);
                boolean asked = input.differentiated() && (each == 1 || input.role() != Role.PARAMETER);
                if (asked && !touched.contains(derivative)) {
                    untouched.add(derivative);
                }
            }
        }
        return untouched;
    }

    /** Whether TornadoVM accepts this number of arrays. */
    boolean fits() {
        return arguments.size() < KernelArgument.MAX;
    }

    /** The arguments that the caller passes to the kernel after the context. */
    List<CodeBlock> passed() {
        return arguments.stream().map(KernelArgument::passed).toList();
    }

    MethodSpec method(String name) {
        return sharedRows
                ? method(name, TeamReduction.arrays(statements), ofGroups())
                : method(name, TeamReduction.sumArray(), ofItems());
    }

    /** The body of a kernel in which each work-item computes its own units. */
    private CodeBlock ofItems() {
        return CodeBlock.builder()
                .addStatement("int step = c.globalGroupSizeX")
                .addStatement("float total = 0f")
                .add(parameters.begin())
                .addStatement("int unit = c.globalIdx")
                .add(loops())
                .add(parameters.end())
                .add(partialSum())
                .build();
    }

    /** The body of a kernel in which a work-group shares each row. */
    private CodeBlock ofGroups() {
        return CodeBlock.builder()
                .addStatement("int item = c.localIdx")
                .addStatement("int local = c.localGroupSizeX")
                .addStatement("int step = c.globalGroupSizeX / local")
                .addStatement("float total = 0f")
                .add(parameters.begin())
                .beginControlFlow("for (int unit = c.groupIdx; unit < units; unit += step)")
                .add(sharedRow())
                .endControlFlow()
                .add(parameters.end())
                .beginControlFlow("if (item == 0)")
                .addStatement("partials.set(c.groupIdx, total)")
                .endControlFlow()
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
        if (nest.formula().scope() == Scope.ELEMENT && isShort()) {
            code.beginControlFlow("for (; unit < units - $L * step; unit += $L * step)", LANES - 1, LANES)
                    .add(lanes(LANES))
                    .endControlFlow();
        }
        return code.beginControlFlow("for (; unit < units; unit += step)")
                .add(lanes(1))
                .endControlFlow()
                .build();
    }

    private boolean isShort() {
        List<Statement> all = new ArrayList<>();
        Statements.forEach(statements, all::add);
        int functions = all.stream()
                .flatMap(s -> Statements.expressions(s).stream())
                .mapToInt(DeviceOperations::longFunctions)
                .sum();
        return all.size() <= MAX_STATEMENTS_IN_LANES && functions <= MAX_LONG_FUNCTIONS_IN_LANES;
    }

    /** Computes some units together. All their loads come first, because a load cannot be moved before a store. */
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
        return new DeviceUnit(scope, unit, weight, scale, Optional.of(parameters));
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
