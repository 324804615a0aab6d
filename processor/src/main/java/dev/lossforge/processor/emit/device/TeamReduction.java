package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.Term.Strength;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.ReduceOp;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Statements;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes the code by which work-items that share the terms of a reduction combine its parts. They store the parts in
 * local memory. The first few items combine the parts of the others, and then each item combines these few. No barrier
 * is inside a loop: PoCL copies all code that follows such a barrier, and eight reductions took a minute to compile.
 */
final class TeamReduction {
    /** The number of items that combine the parts of all others, before every item combines theirs. */
    private static final int FIRST_ITEMS = 16;
    /** The maximum number of work-items in a group. */
    private static final int LARGEST_GROUP = 1024;

    private static final String FLOATS = "tree";
    private static final String SECOND_FLOATS = "sums";
    private static final String INTS = "positions";

    private final DeviceScope scope;
    private final DeviceUnit unit;
    private final Team team;

    /** The names of the local arrays, which variables must not have. */
    static final List<String> ARRAYS = List.of(FLOATS, SECOND_FLOATS, INTS);

    /**
     * The work-items that share a reduction.
     *
     * @param item the variable of an item's number in its team
     * @param size the variable of the number of items
     * @param first the variable of the position of the team's first item in local memory; empty if that is 0
     */
    record Team(String item, String size, String first) {

        /** The position of a member's part. */
        private CodeBlock place(String member) {
            return first.isEmpty() ? CodeBlock.of("$L", member) : CodeBlock.of("$L + $L", first, member);
        }

        private CodeBlock firstPlace() {
            return first.isEmpty() ? CodeBlock.of("0") : CodeBlock.of("$L", first);
        }
    }

    TeamReduction(DeviceScope scope, DeviceUnit unit, Team team) {
        this.scope = scope;
        this.unit = unit;
        this.team = team;
    }

    /** The local arrays that the reductions among some outermost statements need. */
    static CodeBlock arrays(List<Statement> statements) {
        Set<String> needed = new LinkedHashSet<>();
        for (Statement statement : statements) {
            if (statement instanceof Statement.Start start) {
                needed.addAll(arrays(start.op(), start.accumulator().type()));
            }
        }
        CodeBlock.Builder code = CodeBlock.builder();
        ARRAYS.stream().filter(needed::contains).forEach(name -> code.add(array(name)));
        return code.build();
    }

    private static List<String> arrays(ReduceOp op, Type type) {
        return switch (op) {
            case SUM, PRODUCT, MAX, MIN -> List.of(type == Type.INT ? INTS : FLOATS);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> List.of(FLOATS, SECOND_FLOATS);
            case ARG_MAX, ARG_MIN -> List.of(FLOATS, INTS);
            case NORM -> throw Statements.unexpected(op);
        };
    }

    /** The array in which a group adds up its losses. */
    static CodeBlock sumArray() {
        return array(FLOATS);
    }

    private static CodeBlock array(String name) {
        return name.equals(INTS)
                ? line("int[] $L = c.allocateIntLocalArray($L)", name, LARGEST_GROUP)
                : line("float[] $L = c.allocateFloatLocalArray($L)", name, LARGEST_GROUP);
    }

    /** Combines the parts of all items; afterwards, every item has the whole result. */
    CodeBlock finish(Statement.Finish f) {
        return switch (f.op()) {
            case SUM, PRODUCT, MAX, MIN -> single(f);
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS -> exponentials(f);
            case ARG_MAX, ARG_MIN -> positions(f);
            case NORM -> throw Statements.unexpected(f.op());
        };
    }

    private CodeBlock single(Statement.Finish f) {
        Type type = f.accumulator().type();
        String array = type == Type.INT ? INTS : FLOATS;
        String part = scope.fresh("part");
        String whole = scope.local(f.result());
        return CodeBlock.builder()
                .add(keep(array, unit.result(f)))
                .add(fold(
                        read(type, part, array, team.place(team.item())),
                        line("$L = $L", part, combined(f.op(), type, part, other(array))),
                        keep(array, Term.atom(part)),
                        read(type, whole, array, team.firstPlace()),
                        line("$L = $L", whole, combined(f.op(), type, whole, other(array)))))
                .build();
    }

    private static CodeBlock combined(ReduceOp op, Type type, String part, Term other) {
        Term own = Term.atom(part);
        return switch (op) {
            case SUM -> Operations.binary(BinaryOp.ADD, own, other).code();
            case PRODUCT -> Operations.binary(BinaryOp.MULTIPLY, own, other).code();
            case MAX -> DeviceOperations.binary(BinaryOp.MAX, type, own, other).code();
            case MIN -> DeviceOperations.binary(BinaryOp.MIN, type, own, other).code();
            case LOG_SUM_EXP, LOG_SUM_EXP_EXCESS, ARG_MAX, ARG_MIN ->
                throw new IllegalArgumentException(op + " has parts of two numbers");
            case NORM -> throw Statements.unexpected(op);
        };
    }

    /** Combines the largest value of each part, and the sums of the other exponentials relative to it. */
    private CodeBlock exponentials(Statement.Finish f) {
        String max = scope.fresh("max");
        String rest = scope.fresh("rest");
        String wholeMax = scope.fresh("max");
        String wholeRest = scope.fresh("rest");
        Term ownRest = unit.wholeSum(scope.partner(f.accumulator()), f.accumulator());
        return CodeBlock.builder()
                .add(keep(FLOATS, Term.atom(scope.local(f.accumulator()))))
                .add(keep(SECOND_FLOATS, ownRest))
                .add(fold(
                        pair(max, rest, team.place(team.item())),
                        nextExponentials(max, rest),
                        join(keep(FLOATS, Term.atom(max)), keep(SECOND_FLOATS, Term.atom(rest))),
                        pair(wholeMax, wholeRest, team.firstPlace()),
                        nextExponentials(wholeMax, wholeRest)))
                .add(unit.define(f.result(), DeviceUnit.logOfSum(f, wholeMax, Term.atom(wholeRest))))
                .build();
    }

    private static CodeBlock pair(String max, String rest, CodeBlock of) {
        return join(read(Type.FLOAT, max, FLOATS, of), read(Type.FLOAT, rest, SECOND_FLOATS, of));
    }

    private CodeBlock nextExponentials(String max, String rest) {
        return CodeBlock.builder()
                .addStatement(
                        "$2L = $3T.addExponentials($1L, $2L, $4L, $5L)",
                        max,
                        rest,
                        DeviceTypes.REDUCTIONS,
                        other(FLOATS).code(),
                        other(SECOND_FLOATS).code())
                .addStatement("$1L = $1L > $2L ? $1L : $2L", max, other(FLOATS).code())
                .build();
    }

    /** Combines the best value of each part and its position, which is −1 for an empty part. */
    private CodeBlock positions(Statement.Finish f) {
        String best = scope.fresh("best");
        String position = scope.fresh("position");
        String wholeBest = scope.fresh("best");
        String whole = scope.local(f.result());
        return CodeBlock.builder()
                .add(keep(FLOATS, Term.atom(scope.partner(f.accumulator()))))
                .add(keep(INTS, Term.atom(scope.local(f.accumulator()))))
                .add(fold(
                        placed(best, position, team.place(team.item())),
                        nextPosition(best, position),
                        join(keep(FLOATS, Term.atom(best)), keep(INTS, Term.atom(position))),
                        placed(wholeBest, whole, team.firstPlace()),
                        nextPosition(wholeBest, whole)))
                .build();
    }

    private static CodeBlock placed(String best, String position, CodeBlock of) {
        return join(read(Type.FLOAT, best, FLOATS, of), read(Type.INT, position, INTS, of));
    }

    private CodeBlock nextPosition(String best, String position) {
        return CodeBlock.builder()
                .beginControlFlow(
                        "if ($T.comesFirst($L, $L, $L, $L))",
                        DeviceTypes.REDUCTIONS,
                        other(FLOATS).code(),
                        other(INTS).code(),
                        best,
                        position)
                .addStatement("$L = $L", best, other(FLOATS).code())
                .addStatement("$L = $L", position, other(INTS).code())
                .endControlFlow()
                .build();
    }

    private CodeBlock keep(String array, Term value) {
        return line("$L[$L] = $L", array, team.place(team.item()), value.code());
    }

    private Term other(String array) {
        return new Term(CodeBlock.of("$L[$L]", array, team.place("other")), Strength.ATOM);
    }

    private static CodeBlock read(Type type, String variable, String array, CodeBlock place) {
        return line("$T $L = $L[$L]", Operations.javaType(type), variable, array, place);
    }

    private static CodeBlock join(CodeBlock first, CodeBlock second) {
        return CodeBlock.join(List.of(first, second), "");
    }

    private static CodeBlock line(String format, Object... arguments) {
        return CodeBlock.builder().addStatement(format, arguments).build();
    }

    private CodeBlock fold(CodeBlock own, CodeBlock next, CodeBlock keep, CodeBlock whole, CodeBlock nextOfAll) {
        return CodeBlock.builder()
                .addStatement("c.localBarrier()")
                .beginControlFlow("if ($L < $L)", team.item(), FIRST_ITEMS)
                .add(own)
                .beginControlFlow(
                        "for (int other = $1L + $2L; other < $3L; other += $2L)", team.item(), FIRST_ITEMS, team.size())
                .add(next)
                .endControlFlow()
                .add(keep)
                .endControlFlow()
                .addStatement("c.localBarrier()")
                .add(whole)
                .beginControlFlow("for (int other = 1; other < $L & other < $L; other++)", FIRST_ITEMS, team.size())
                .add(nextOfAll)
                .endControlFlow()
                .addStatement("c.localBarrier()")
                .build();
    }
}
