package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.jvm.VectorLoop.Place;
import dev.lossforge.processor.vector.VectorNode;

/** Units with a weight each; all are 1 where none are given. The losses go to memory, which may be nobody's. */
final class WeightedUnits extends UnitWeights {
    private final KernelScope scope;
    private final CodeBlock.Builder loads = CodeBlock.builder();
    private String weights = "";
    private String values = "";

    WeightedUnits(KernelScope scope) {
        this.scope = scope;
    }

    @Override
    CodeBlock loads() {
        return loads.build();
    }

    @Override
    CodeBlock storeValue(VectorNode value, VectorLoop loop, VectorCalls calls) {
        VectorNode weighted = weighted(value, weight(loop), loop);
        loop.store(values(), weighted, false);
        return total(weighted, loop, calls);
    }

    @Override
    VectorNode scaled(VectorNode derivative, VectorLoop loop) {
        return weighted(derivative, loop.graph().multiply(weight(loop), scale(loop)), loop);
    }

    /** A value times a factor of its unit; 0 where the unit's weight is 0, whatever the value. */
    private VectorNode weighted(VectorNode value, VectorNode factor, VectorLoop loop) {
        VectorNode zero = loop.graph().constant(0f);
        return loop.graph()
                .blend(
                        loop.graph().equal(weight(loop), zero),
                        zero,
                        loop.graph().multiply(value, factor));
    }

    private VectorNode weight(VectorLoop loop) {
        if (weights.isEmpty()) {
            weights = array("weights", "ones");
        }
        return loop.load(place(weights));
    }

    /** Where the losses of the units go; memory that nobody reads if only their sum is wanted. */
    private Place values() {
        if (values.isEmpty()) {
            values = array("values", "floats");
        }
        return place(values);
    }

    /** Declares an array of the frame with a number per unit, or a block in its place. */
    private String array(String getter, String block) {
        String name = scope.fresh(getter);
        declare(
                "float[] $L = frame.$L() == null ? $T.$L(size) : frame.$L()",
                name,
                getter,
                RuntimeTypes.BLOCK,
                block,
                getter);
        loads.addStatement("int $LAt = frame.$L() == null ? 0 : at", name, getter);
        return name;
    }

    private static Place place(String array) {
        return new Place(array, false, array + "At", false);
    }
}
