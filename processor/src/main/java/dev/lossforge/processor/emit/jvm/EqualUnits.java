package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.vector.VectorNode;

/** Units of weight 1, of whose losses only the sum is requested. */
final class EqualUnits extends UnitWeights {
    @Override
    CodeBlock loads() {
        return CodeBlock.of("");
    }

    @Override
    CodeBlock storeValue(VectorNode value, VectorLoop loop, VectorCalls calls) {
        return total(value, loop, calls);
    }

    @Override
    VectorNode scaled(VectorNode derivative, VectorLoop loop) {
        return loop.graph().multiply(derivative, scale(loop));
    }
}
