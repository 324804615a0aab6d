package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.CaseNest;
import dev.lossforge.processor.loop.FiniteFactors;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The bodies of a kernel that are vector loops, and the choice between them: by hyperparameters and by shapes. */
final class VectorBodies {
    /** Rows up to this length run as lanes of one tile; longer ones follow each other. Measured. */
    private static final int LONGEST_LANE_ROW = 16;

    /** The same where loops stand within loops: then a longer row still has too many short loops. Measured. */
    private static final int LONGEST_LANE_ROW_OF_NESTED_LOOPS = 64;

    /** The same for the rows of matrices. Measured. */
    private static final int LONGEST_LANE_ROW_OF_MATRIX = 31;

    /** Matrices with more entries follow each other. */
    private static final int LARGEST_LANE_MATRIX = 4096;

    /** With fewer matrices, most lanes would be idle. */
    private static final int FEWEST_MATRICES = 16;

    private static final CodeBlock NOTHING = CodeBlock.of("");

    private final Formula formula;
    private final TypeSpec.Builder type;
    private final Names methodNames;
    private final VectorClass target;
    private final OptionalInt longestLaneRow;

    /** @param type takes the methods of the bodies */
    VectorBodies(
            Formula formula, TypeSpec.Builder type, Names methodNames, VectorClass target, OptionalInt longestLaneRow) {
        this.formula = formula;
        this.type = type;
        this.methodNames = methodNames;
        this.target = target;
        this.longestLaneRow = longestLaneRow;
    }

    /**
     * The choice between the bodies of one program; adds their methods.
     *
     * @param program as vector loops run it
     * @param cases programs that replace it where their condition holds
     * @param statements those of a program that are to run
     * @param what they compute
     * @param scalar the method that does the same by scalar code
     */
    CodeBlock of(
            LoopNest program,
            List<CaseNest> cases,
            Function<LoopNest, List<Statement>> statements,
            String what,
            String scalar) {
        KernelScope scope = new KernelScope(program, "frame", "from", "to");
        ScalarCode scalars = new ScalarCode(scope);
        CodeBlock.Builder choice = CodeBlock.builder();
        boolean complete = false;
        for (int i = 0; i < cases.size(); i++) {
            LoopNest nest = cases.get(i).nest();
            CodeBlock bodies = bodies(nest, statements.apply(nest), what + "InCase" + (i + 1), scalar);
            CodeBlock body = CodeBlock.builder()
                    .add(UntouchedDerivatives.of(formula, statements.apply(program), statements.apply(nest)))
                    .add(bodies.isEmpty() ? CodeBlock.of("return $L(frame, from, to);\n", scalar) : bodies)
                    .build();
            complete = cases.get(i).condition() instanceof Expr.BooleanConstant;
            choice.add(complete ? body : under(scalars.of(cases.get(i).condition()), body));
        }
        if (!complete) {
            choice.add(bodies(program, statements.apply(program), what, scalar));
        }
        return choice.isEmpty()
                ? choice.build()
                : CodeBlock.builder()
                        .beginControlFlow(
                                "if (VECTORS && $T.pays(frame.floats($L).length))",
                                RuntimeTypes.VECTOR_MODULE,
                                firstPrediction())
                        .add(scope.head())
                        .add(choice.build())
                        .endControlFlow()
                        .build();
    }

    private static CodeBlock under(Term condition, CodeBlock body) {
        return CodeBlock.builder()
                .beginControlFlow("if ($L)", condition.code())
                .add(body)
                .endControlFlow()
                .build();
    }

    private CodeBlock bodies(LoopNest program, List<Statement> statements, String what, String scalar) {
        CodeBlock.Builder code = CodeBlock.builder();
        boolean elements = formula.scope() == Scope.ELEMENT;
        if (TileKernel.fits(program, statements)) {
            String name = methodNames.fresh(what + "InTiles");
            type.addMethod(TileKernel.method(program, statements, name, target, scalar, TileKernel.Units.WEIGHTED));
            if (elements) {
                return code.add(isOfGradients(statements) ? ofEqualUnits(program, statements, what, scalar) : NOTHING)
                        .addStatement("return $L(frame, from, to)", name)
                        .build();
            }
            code.beginControlFlow("if ($L)", fitsLanes(statements))
                    .addStatement("return $L(frame, from, to)", name)
                    .endControlFlow();
        }
        List<Statement> finite = FiniteFactors.of(statements);
        ShortExtents extents = new ShortExtents(program);
        if (hasMatrices() && RowKernel.hasStrips(finite, extents)) {
            String name = methodNames.fresh(what + "InStrips");
            type.addMethod(RowKernel.inStrips(program, finite, name, target, extents, scalar));
            code.add(under(TallMatrices.at(formula, finite, longestLaneRow), unitsOf(name)));
        }
        if (RowKernel.isVectorizable(statements)) {
            String name = methodNames.fresh(what + "InVectors");
            type.addMethod(RowKernel.vectorized(program, finite, name, target, scalar));
            code.add(unitsOf(name));
        }
        return code.build();
    }

    /** Whether these are the statements of a training step, for which a body more pays. */
    private static boolean isOfGradients(List<Statement> statements) {
        List<Integer> orders = new ArrayList<>();
        Statements.forEach(statements, s -> {
            if (s instanceof Statement.StoreDerivative d) {
                orders.add(d.order());
            }
        });
        return orders.contains(1) && !orders.contains(2);
    }

    /** A body without weights and losses of single elements, which are a third of the work of a simple loss. */
    private CodeBlock ofEqualUnits(LoopNest program, List<Statement> statements, String what, String scalar) {
        String name = methodNames.fresh(what + "OfEqualUnits");
        type.addMethod(TileKernel.method(program, statements, name, target, scalar, TileKernel.Units.EQUAL));
        return CodeBlock.builder()
                .beginControlFlow("if (frame.sumsEqualUnits() && $T.fillsVector(to - from))", RuntimeTypes.BLOCK)
                .addStatement("return $L(frame, from, to)", name)
                .endControlFlow()
                .build();
    }

    /** Runs a kernel in which units follow each other. */
    private CodeBlock unitsOf(String kernel) {
        return formula.scope() == Scope.SAMPLE
                ? inPieces(kernel)
                : CodeBlock.of("return $L(frame, from, to);\n", kernel);
    }

    private CodeBlock inPieces(String kernel) {
        return Term.statement(
                "return $T.run(frame, from, to, frame.unitSize($L), $T::$L)",
                RuntimeTypes.PIECES,
                firstPrediction(),
                ClassName.get(formula.packageName(), formula.className()),
                kernel);
    }

    private int firstPrediction() {
        return formula.inputs().stream()
                .filter(i -> i.role() == Role.PREDICTION || i.role() == Role.WEIGHT)
                .mapToInt(Input::position)
                .findFirst()
                .orElseThrow();
    }

    /** The condition under which units run side by side. */
    private CodeBlock fitsLanes(List<Statement> statements) {
        return hasMatrices() ? smallMatrices(statements) : shortRows(statements);
    }

    private boolean hasMatrices() {
        return formula.inputs().stream().anyMatch(i -> i.role() != Role.PARAMETER && i.rank() > 1);
    }

    /** Rows of a matrix are loops within a loop over them, and a tile of large matrices leaves the cache. */
    private CodeBlock smallMatrices(List<Statement> statements) {
        List<CodeBlock> conditions = new ArrayList<>();
        if (longestLaneRow.isEmpty()) {
            // Of the whole batch: the choice must not depend on how threads divide it.
            int prediction = firstPrediction();
            conditions.add(CodeBlock.of(
                    "frame.floats($L).length >= $L * frame.unitSize($L)", prediction, FEWEST_MATRICES, prediction));
        }
        formula.inputs().stream().filter(i -> i.role() != Role.PARAMETER).forEach(i -> {
            if (i.rank() > 1 && !hasRecurrence(statements)) {
                conditions.add(CodeBlock.of(
                        "frame.extent($L, 1) <= $L", i.position(), longestLaneRow.orElse(LONGEST_LANE_ROW_OF_MATRIX)));
            }
            if (i.rank() > 0) {
                conditions.add(CodeBlock.of("frame.unitSize($L) <= $L", i.position(), LARGEST_LANE_MATRIX));
            }
        });
        return CodeBlock.join(conditions, " && ");
    }

    private CodeBlock shortRows(List<Statement> statements) {
        int longest = longestLaneRow.orElseGet(
                () -> hasNestedLoops(statements) ? LONGEST_LANE_ROW_OF_NESTED_LOOPS : LONGEST_LANE_ROW);
        return formula.inputs().stream()
                .filter(i -> i.role() != Role.PARAMETER && i.rank() == 1)
                .map(i -> CodeBlock.of("frame.extent($L, 0) <= $L", i.position(), longest))
                .collect(CodeBlock.joining(" && "));
    }

    /** Whether a loop has rounds that wait for each other, and so is scalar code unless units are lanes. */
    private static boolean hasRecurrence(List<Statement> statements) {
        List<Boolean> found = new ArrayList<>();
        Statements.forEach(
                statements,
                s -> found.add(s instanceof Statement.Loop l && l.rounds() != Statement.Rounds.INDEPENDENT));
        return found.contains(true);
    }

    private static boolean hasNestedLoops(List<Statement> statements) {
        return statements.stream()
                .anyMatch(s -> s instanceof Statement.Loop outer
                        && outer.body().stream().anyMatch(Statement.Loop.class::isInstance));
    }
}
