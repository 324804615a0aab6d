package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.loop.Buffer;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.vector.VectorNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the lanes of {@link LaneLines} are, and where their values stand. Methods that take {@code before} add there
 * what is to be done in front of the vector loop. {@code uniform} says whether a value is the same in all lanes.
 */
interface LaneMemory {
    /** What was known of the vector loop before no longer holds. */
    void nextLoop();

    /** Whether an index, or an input's entries at indices that are the same in all lanes, are the same in all. */
    boolean isUniform(Expr leaf);

    /** The value of a loop index that differs between lanes. */
    VectorNode index(Expr.Index index, VectorLoop loop);

    /** The entries that a load reads, one for each lane; none where they stand in no regular order. */
    Optional<Place> entries(Expr.Load load, Predicate<Expr> uniform, CodeBlock.Builder before);

    /** Whether this vector loop writes to a buffer. */
    boolean wasKept(Buffer buffer);

    /** Where a buffer is to keep a value of each lane. */
    Place keep(Buffer buffer, List<Expr> indices, CodeBlock.Builder before);

    /** Where a buffer keeps a value of each lane. */
    Place kept(Buffer buffer, List<Expr> indices, CodeBlock.Builder before);

    /** Reads the one value that a buffer keeps for all lanes; none where each has its own. */
    Optional<Term> shared(Statement.Recall recall);

    /** Stores the losses of the lanes; returns what is to be done after the vector loop. */
    CodeBlock storeValue(VectorNode value, VectorLoop loop);

    /** What is stored for a derivative: its value times the factor of its lane. */
    VectorNode scaled(VectorNode derivative, VectorLoop loop);

    /** Where a derivative of each lane goes; none where several lanes have one entry, or no regular order. */
    Optional<Place> derivative(Statement.StoreDerivative s, Predicate<Expr> uniform, CodeBlock.Builder before);

    /** Adds the sum over all lanes to the one entry that they have. */
    CodeBlock total(Statement.StoreDerivative s, Term sum);

    /** Scalar code for lane k that writes {@code values[k]} to the derivative at indices of its own. */
    CodeBlock scatter(Statement.StoreDerivative s, ScalarCode lane, String values);

    /** Sets a derivative of all lanes to 0. */
    CodeBlock clear(Statement.Clear c);

    /** Scalar code for each lane. */
    CodeBlock each(CodeBlock body);
}
