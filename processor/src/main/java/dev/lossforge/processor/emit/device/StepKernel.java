package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/**
 * The kernel of one step. Each work-item has a point or, if points have loops, is one of the lanes that share a point's
 * rounds. A group has whole points. Surplus items of the last group compute the first point and store nothing, so that
 * all items of a group reach its barriers.
 */
final class StepKernel {
    private static final String[] RESERVED = {
        "c",
        "values",
        "partials",
        "settings",
        "sizes",
        "places",
        "tree",
        "positions",
        "sums",
        "factor",
        "lanes",
        "lane",
        "first",
        "number",
        "points",
        "point",
        "other"
    };

    private final BatchProgram program;
    private final Step step;
    private final int laneCount;
    private final DeviceScope scope;
    private final DeviceCode code;
    private final DeviceUnit unit;
    private final TeamReduction reductions;
    private final boolean hasLoops;
    private final CodeBlock body;

    /** @param laneCount the position of the step's number of lanes in the array of places */
    StepKernel(BatchProgram program, Step step, int laneCount) {
        this.program = program;
        this.step = step;
        this.laneCount = laneCount;
        this.scope = new DeviceScope(program, RESERVED);
        this.code = new DeviceCode(scope, "point");
        this.unit = new DeviceUnit(scope, "point", "1f", "factor", Optional.empty());
        this.reductions = new TeamReduction(scope, unit, new TeamReduction.Team("lane", "lanes", "first"));
        this.hasLoops = step.statements().stream().anyMatch(Statement.Loop.class::isInstance);
        this.body = body();
    }

    /** The arrays of the kernel, in order. */
    List<KernelArgument> arguments() {
        List<KernelArgument> arguments = new ArrayList<>();
        program.formula().inputs().stream()
                .filter(scope::reads)
                .forEach(input -> arguments.add(KernelArgument.of(scope, input)));
        Statements.derivatives(step.statements())
                .forEach(d -> arguments.add(KernelArgument.of(scope, d, "parameterGradient")));
        if (scope.usesTables(Type.FLOAT)) {
            arguments.add(tables(Type.FLOAT, "floatTables"));
        }
        if (scope.usesTables(Type.INT)) {
            arguments.add(tables(Type.INT, "intTables"));
        }
        if (storesValue()) {
            arguments.add(KernelArgument.floats("values"));
            arguments.add(KernelArgument.floats("partials"));
        }
        arguments.add(KernelArgument.floats("settings"));
        arguments.add(KernelArgument.ints("sizes"));
        arguments.add(new KernelArgument(DeviceTypes.INT_ARRAY, "places", CodeBlock.of("plan.places()")));
        return arguments;
    }

    private KernelArgument tables(Type type, String getter) {
        return new KernelArgument(DeviceTypes.array(type), scope.tables(type), CodeBlock.of("plan.$L()", getter));
    }

    private boolean storesValue() {
        return step.statements().stream().anyMatch(Statement.StoreValue.class::isInstance);
    }

    MethodSpec method(String name) {
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.STATIC)
                .addParameter(DeviceTypes.KERNEL_CONTEXT, "c");
        arguments().forEach(a -> method.addParameter(a.type(), a.name()));
        return method.addCode(body).build();
    }

    private CodeBlock body() {
        CodeBlock points = points();
        CodeBlock statements = hasLoops ? shared() : alone();
        CodeBlock.Builder all = CodeBlock.builder();
        if (hasLoops) {
            all.add(TeamReduction.arrays(step.statements()));
        }
        if (Statements.storesDerivatives(step.statements())) {
            all.addStatement("float factor = settings.get(0)");
        }
        return all.add(scope.head()).add(points).add(statements).build();
    }

    /** The number of points, and the item's point. */
    private CodeBlock points() {
        CodeBlock.Builder points = CodeBlock.builder().addStatement("int points = $L", product());
        if (hasLoops) {
            points.addStatement("int lanes = places.get($L)", laneCount)
                    .addStatement("int number = c.globalIdx / lanes")
                    .addStatement("int lane = c.globalIdx - number * lanes")
                    .addStatement("int first = c.localIdx - lane")
                    .addStatement("int point = number < points ? number : 0");
        } else {
            points.addStatement("int point = c.globalIdx");
        }
        return points.build();
    }

    private CodeBlock product() {
        return step.points().stream()
                .map(p -> code.of(p.extent()))
                .reduce((a, b) -> Term.infix(a, "*", b, Strength.PRODUCT))
                .orElse(Operations.constant(1))
                .code();
    }

    /** The indices of the point. Divisors are at least 1, because items without a point compute the indices as well. */
    private CodeBlock indices() {
        CodeBlock.Builder indices = CodeBlock.builder();
        List<Expr.Index> points = step.points();
        if (points.size() == 1) {
            indices.addStatement("int $L = point", scope.index(points.getFirst()));
        } else if (points.size() == 2) {
            String row = scope.index(points.get(0));
            String columns = scope.fresh("width");
            Term extent = code.of(points.get(1).extent());
            indices.addStatement("int $L = $T.max($L, 1)", columns, DeviceTypes.MATH, extent.code())
                    .addStatement("int $L = point / $L", row, columns)
                    .addStatement("int $L = point - $L * $L", scope.index(points.get(1)), row, columns);
        }
        return indices.build();
    }

    /** The body if each item has its own point. */
    private CodeBlock alone() {
        return CodeBlock.builder()
                .beginControlFlow("if (point < points)")
                .add(indices())
                .add(statements(step.statements()))
                .endControlFlow()
                .build();
    }

    /** The body if the lanes of a point share its loops; the first lane stores. */
    private CodeBlock shared() {
        List<Statement> statements = step.statements();
        int stores = 0;
        while (!stores(statements.get(stores))) {
            stores++;
        }
        return CodeBlock.builder()
                .add(indices())
                .add(statements(statements.subList(0, stores)))
                .beginControlFlow("if (lane == 0 & number < points)")
                .add(statements(statements.subList(stores, statements.size())))
                .endControlFlow()
                .build();
    }

    private static boolean stores(Statement outermost) {
        return switch (outermost) {
            case Statement.Running r -> false;
            case Statement.Sort s -> false;
            case Statement.Product p -> false;
            case Statement.Keep k -> true;
            case Statement.StoreValue v -> true;
            case Statement.StoreDerivative s -> true;
            case Statement.Define d -> false;
            case Statement.Loop l -> false;
            case Statement.Start s -> false;
            case Statement.Accumulate a -> false;
            case Statement.Finish f -> false;
            case Statement.Recall r -> false;
            case Statement.Clear c -> false;
        };
    }

    private CodeBlock statements(List<Statement> statements) {
        CodeBlock.Builder block = CodeBlock.builder();
        statements.forEach(s -> block.add(statement(s)));
        return block.build();
    }

    private CodeBlock statement(Statement outermost) {
        return switch (outermost) {
            case Statement.Loop loop -> unit.loop(loop, Rounds.LANES);
            case Statement.Finish finish -> reductions.finish(finish);
            case Statement.StoreValue value -> unit.storeBatchValue(value);
            case Statement.Define d -> unit.statement(d);
            case Statement.Start s -> unit.statement(s);
            case Statement.Accumulate a -> unit.statement(a);
            case Statement.Running r -> unit.statement(r);
            case Statement.Sort s -> unit.statement(s);
            case Statement.Product p -> unit.statement(p);
            case Statement.Keep k -> unit.statement(k);
            case Statement.Recall r -> unit.statement(r);
            case Statement.StoreDerivative s -> unit.statement(s);
            case Statement.Clear c -> unit.statement(c);
        };
    }
}
