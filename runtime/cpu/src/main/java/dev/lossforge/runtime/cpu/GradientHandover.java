package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.cpu.internal.layer.BackwardProgress;
import dev.lossforge.runtime.cpu.internal.layer.Network;
import dev.lossforge.runtime.cpu.internal.parameter.Gradients;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterBlock;
import dev.lossforge.runtime.cpu.internal.parameter.ParameterStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/**
 * Hands gradients over while the backward pass is still running. A parameter's gradient is final when all workers have
 * passed the first operation that uses it; a shared layer therefore waits for its first place. The caller's array has
 * the gradients in the order in which they become final, so that it fills from its start.
 *
 * <p>That order follows from the network alone. Each gradient is the sum over the workers in their order, whichever
 * worker adds them up.
 */
final class GradientHandover implements BackwardProgress {
    private static final float[] NOWHERE = {};

    private final Gradients gradients;

    /** By operation: the parameters whose gradients are final after it. */
    private final List<List<ParameterBlock>> finalAfter = new ArrayList<>();

    /** The parameters that no operation names: frozen ones, and those of losses. */
    private final List<ParameterBlock> finalAtTheEnd;

    /** By operation: the number of workers that have not passed it yet. */
    private final AtomicIntegerArray ahead;

    private float[] target = NOWHERE;
    private IntConsumer listener = filled -> {};
    private int filled;
    private boolean finite;

    GradientHandover(Network network, ParameterStore parameters) {
        this.gradients = parameters.gradients();
        Set<ParameterBlock> left = new LinkedHashSet<>(parameters.layout().blocks());
        network.operations()
                .forEach(operation -> finalAfter.add(
                        operation.gradientBlocks().stream().filter(left::remove).toList()));
        this.finalAtTheEnd = List.copyOf(left);
        this.ahead = new AtomicIntegerArray(finalAfter.size());
    }

    /** Prepares a backward pass of so many workers, whose gradients go to this array. */
    void begin(float[] newTarget, IntConsumer newListener, int workers) {
        target = newTarget;
        listener = newListener;
        filled = 0;
        finite = true;
        for (int i = 0; i < ahead.length(); i++) {
            ahead.set(i, workers);
        }
    }

    /** The last worker hands over, before it goes on to operations that the others cannot finish without it. */
    @Override
    public void passed(int operation) {
        List<ParameterBlock> blocks = finalAfter.get(operation);
        if (!blocks.isEmpty() && ahead.decrementAndGet(operation) == 0) {
            handOver(blocks);
        }
    }

    /** Hands over the rest; returns whether all gradients are finite. */
    boolean finish() {
        if (!finalAtTheEnd.isEmpty()) {
            handOver(finalAtTheEnd);
        }
        target = NOWHERE;
        listener = any -> {};
        return finite;
    }

    private void handOver(List<ParameterBlock> blocks) {
        for (ParameterBlock block : blocks) {
            int end = block.offset() + block.size();
            gradients.sum(block.offset(), end);
            finite &= gradients.isFinite(block.offset(), end);
            System.arraycopy(gradients.total(), block.offset(), target, filled, block.size());
            filled += block.size();
        }
        listener.accept(filled);
    }

    /** All parameters in the order of the caller's array. */
    List<ParameterBlock> order() {
        List<ParameterBlock> order = new ArrayList<>();
        finalAfter.reversed().forEach(order::addAll);
        order.addAll(finalAtTheEnd);
        return order;
    }
}
