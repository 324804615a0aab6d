package dev.lossforge.runtime.internal.kernel;

/**
 * What a loss computes, on plain arrays. Stateless: several threads may run it at once on disjoint ranges, each with
 * its own {@linkplain KernelFrame#fork() fork} of the frame if there are parameter gradients, and with any frame
 * otherwise.
 */
@FunctionalInterface
public interface LossKernel {

    /**
     * Evaluates the units {@code from … to − 1}, stores what the frame asks for, and returns the sum of their losses,
     * each times its weight.
     *
     * @throws IndexException if a class index lies outside its range in a unit whose weight is not 0
     */
    double run(KernelFrame frame, int from, int to);
}
