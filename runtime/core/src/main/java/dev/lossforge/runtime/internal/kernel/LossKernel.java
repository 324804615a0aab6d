package dev.lossforge.runtime.internal.kernel;

/**
 * The computation of a loss, on plain arrays. It is stateless: several threads may run it at once on disjoint ranges.
 * If there are parameter gradients, each thread needs its own {@linkplain KernelFrame#fork() fork} of the frame.
 */
@FunctionalInterface
public interface LossKernel {

    /**
     * Evaluates the units {@code from … to − 1}, stores what the frame requests, and returns the weighted sum of their
     * losses.
     *
     * @throws IndexException if a class index lies outside its range in a unit whose weight is not 0
     */
    double run(KernelFrame frame, int from, int to);
}
