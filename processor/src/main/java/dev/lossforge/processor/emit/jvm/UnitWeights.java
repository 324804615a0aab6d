package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.Term;
import dev.lossforge.processor.emit.jvm.VectorLoop.Accumulation;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.vector.VectorNode;

/** What the losses and derivatives of a tile's units are multiplied by, and where the losses go. */
abstract sealed class UnitWeights permits EqualUnits, WeightedUnits {
    private final CodeBlock.Builder head = CodeBlock.builder();
    private boolean scales;

    /** The declarations that stand in front of the tiles. */
    CodeBlock head() {
        return head.build();
    }

    /** What each tile begins with. */
    abstract CodeBlock loads();

    /** Stores the losses of the units; returns what is to be done after the vector loop. */
    abstract CodeBlock storeValue(VectorNode value, VectorLoop loop, VectorCalls calls);

    /** A derivative times the factor of its unit. */
    abstract VectorNode scaled(VectorNode derivative, VectorLoop loop);

    final void declare(String statement, Object... arguments) {
        head.addStatement(statement, arguments);
    }

    /** The factor of all derivatives. */
    final VectorNode scale(VectorLoop loop) {
        if (!scales) {
            scales = true;
            declare("float scale = frame.scale()");
        }
        return loop.uniform("scale", Type.FLOAT);
    }

    /** Adds the sum of a loop to the total. */
    static CodeBlock total(VectorNode losses, VectorLoop loop, VectorCalls calls) {
        Accumulation sum = loop.accumulate(VectorLoop.Kind.SUM, losses);
        return Term.statement("total += $L[$L]", calls.results(), sum.result());
    }
}
