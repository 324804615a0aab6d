package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value of each lane: what an operation on blocks yields. Booleans are floats, 1 and 0. Identity is equality.
 *
 * <p>Made by {@link LaneProgram}, which also decides where a value is kept.
 */
final class LaneValue {

    /** How a value comes about. */
    enum Kind {
        /** A Java expression that is the same in all lanes. */
        UNIFORM,
        /** A block that is there already. */
        BLOCK,
        /** Arithmetic that the JIT compiler vectorises, inside a stage's loop. */
        ARITHMETIC,
        /** A function of single values, in a loop of its own. */
        SCALAR_FUNCTION,
        /** A call that fills a block. */
        CALL
    }

    /** Writes the call that fills the block {@code out} from blocks. */
    @FunctionalInterface
    interface Call {
        CodeBlock write(List<CodeBlock> blocks, CodeBlock out);
    }

    final Kind kind;
    final boolean ints;
    final List<LaneValue> operands;
    private final @Nullable Term uniform;
    private final @Nullable Function<List<Term>, Term> arithmetic;
    private final @Nullable Call call;
    final String tag;
    int level;
    private @Nullable CodeBlock block;

    private LaneValue(
            Kind kind,
            boolean ints,
            List<LaneValue> operands,
            @Nullable Term uniform,
            @Nullable Function<List<Term>, Term> arithmetic,
            @Nullable Call call,
            String tag,
            @Nullable CodeBlock block) {
        this.kind = kind;
        this.ints = ints;
        this.operands = operands;
        this.uniform = uniform;
        this.arithmetic = arithmetic;
        this.call = call;
        this.tag = tag;
        this.block = block;
    }

    static LaneValue uniform(Term term, boolean ints) {
        return new LaneValue(Kind.UNIFORM, ints, List.of(), term, null, null, "", null);
    }

    static LaneValue block(CodeBlock block, boolean ints) {
        return new LaneValue(Kind.BLOCK, ints, List.of(), null, null, null, "", block);
    }

    static LaneValue arithmetic(boolean ints, List<LaneValue> operands, Function<List<Term>, Term> code) {
        return new LaneValue(Kind.ARITHMETIC, ints, operands, null, code, null, "", null);
    }

    static LaneValue scalarFunction(boolean ints, List<LaneValue> operands, Function<List<Term>, Term> code) {
        return new LaneValue(Kind.SCALAR_FUNCTION, ints, operands, null, code, null, "", null);
    }

    /** @param tag the function's name, by which calls that share work find each other */
    static LaneValue call(String tag, boolean ints, List<LaneValue> operands, Call call) {
        return new LaneValue(Kind.CALL, ints, operands, null, null, call, tag, null);
    }

    /** The expression of a uniform value. */
    Term uniform() {
        return Objects.requireNonNull(uniform);
    }

    /** What a stage's loop computes, from the terms of the operands. */
    Function<List<Term>, Term> arithmetic() {
        return Objects.requireNonNull(arithmetic);
    }

    Call call() {
        return Objects.requireNonNull(call);
    }

    /** Where the value is kept. */
    CodeBlock block() {
        return Objects.requireNonNull(block);
    }

    boolean hasBlock() {
        return block != null;
    }

    void keepIn(CodeBlock place) {
        block = place;
    }

    /** Whether a stage's loop computes it. */
    boolean inLoop() {
        return kind == Kind.ARITHMETIC || kind == Kind.SCALAR_FUNCTION;
    }

    /** Whether it exists before the program runs. */
    boolean isGiven() {
        return kind == Kind.UNIFORM || kind == Kind.BLOCK;
    }
}
