package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Operations;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.ir.BinaryOp;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.vector.VectorFunctions;
import dev.lossforge.processor.vector.VectorGraph;
import dev.lossforge.processor.vector.VectorNode;
import dev.lossforge.processor.vector.VectorOp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Successive entries of a row of which some may lie outside, as those beside a pixel. They are read where they are,
 * together with what stands before or behind the row, and lanes outside are made NaN, or 0 for ints. Only where that
 * would leave the array, at its very first and last rows, they are copied to a block. The row above or below a pixel is
 * inside as a whole or not at all: then it is read from a block of NaN.
 */
final class ShiftedEntries {
    private final KernelScope scope;
    private final VectorCalls calls;
    private final VectorLoop loop;
    private final ColumnMemory memory;
    private final CodeBlock.Builder before;
    private final Map<List<String>, Place> places = new HashMap<>();

    ShiftedEntries(
            KernelScope scope, VectorCalls calls, VectorLoop loop, ColumnMemory memory, CodeBlock.Builder before) {
        this.scope = scope;
        this.calls = calls;
        this.loop = loop;
        this.memory = memory;
        this.before = before;
    }

    /**
     * A value for each lane.
     *
     * @param row where the row stands
     * @param extent its number of entries
     * @param first the position in the row that the first lane reads; the next lane reads the next
     * @param whole whether all lanes are inside if there is such a row, and none if its number of entries is 0
     */
    VectorNode of(Input input, Term row, Term extent, Term first, boolean whole) {
        String firstName = memory.variable("int", "first", first);
        String extentName = memory.variable("int", "extent", extent);
        VectorNode entries = loop.load(source(input, row, extentName, firstName, whole));
        return whole ? entries : inside(entries, firstName, extentName);
    }

    private Place source(Input input, Term row, String extent, String first, boolean whole) {
        boolean ints = input.type() == Type.INT;
        String array = scope.array(input);
        String entry = memory.variable("int", "entry", Operations.plus(row, Term.atom("$L", first)));
        String ofRow = whole ? extent + " > 0 && " : "";
        return places.computeIfAbsent(List.of(array, entry, extent, ofRow), key -> {
            String copy = calls.block("copy", ints);
            String direct = scope.fresh("direct");
            String source = scope.fresh("entries");
            String offset = scope.fresh("offset");
            before.addStatement("boolean $L = $L$L >= 0 && $L + n <= $L.length", direct, ofRow, entry, entry, array)
                    .beginControlFlow("if (!$L)", direct)
                    .addStatement(
                            "$T.load($L, $L, $L, $L, 1, $L, n)",
                            RuntimeTypes.ROW_ENTRIES,
                            array,
                            row.code(),
                            extent,
                            first,
                            copy)
                    .endControlFlow()
                    .addStatement("$L[] $L = $L ? $L : $L", ints ? "int" : "float", source, direct, array, copy)
                    .addStatement("int $L = $L ? $L : 0", offset, direct, entry);
            return new Place(source, ints, offset, false);
        });
    }

    private VectorNode inside(VectorNode value, String first, String extent) {
        VectorGraph g = loop.graph();
        VectorNode position = VectorFunctions.binary(g, BinaryOp.ADD, loop.position(), loop.uniform(first, Type.INT));
        VectorNode behindStart = g.operation(VectorOp.INT_LESS, g.constant(-1), position);
        VectorNode beforeEnd = g.operation(VectorOp.INT_LESS, position, loop.uniform(extent, Type.INT));
        return g.blend(
                g.and(behindStart, beforeEnd),
                value,
                switch (value.kind()) {
                    case INT -> g.constant(0);
                    case FLOAT, MASK -> g.constant(Float.NaN);
                });
    }
}
