package dev.lossforge.runtime.cpu.internal.work;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;

/** How much a model computes for a sample, roughly: multiplications, and values that layers without any make. */
public final class Work {
    /**
     * Below this much for a batch, one thread is faster than two. It stands between the products of a batch that take
     * as long as waking another thread three times, 3 to 4 µs, and those that take twice as long.
     */
    private static final long WORTH_A_TEAM = 100_000;

    private Work() {}

    /** That of one sample in a forward pass. */
    public static long perSample(Architecture architecture) {
        return architecture.nodes().stream().mapToLong(Work::of).sum();
    }

    private static long of(LayerNode node) {
        long parameters = node.parameters().stream()
                .mapToLong(parameter -> parameter.spec().shape().size())
                .sum();
        long places = node.output().rank() == 0
                ? 1
                : node.output().size() / node.output().lastExtent();
        return parameters * places + node.output().size();
    }

    /** Whether one thread does a batch of this much work faster than several. */
    public static boolean isSmall(long work) {
        return work < WORTH_A_TEAM;
    }
}
