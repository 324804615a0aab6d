package dev.lossforge.runtime.cpu.internal.layer;

/**
 * Where training waits until all samples of a batch have come, since what follows depends on all of them. One thread
 * calls it while the workers wait.
 */
interface Meeting {

    /** Every sample has passed what lies before. */
    void forward(int samples);

    /** The gradients of every sample have passed what lies behind. */
    void backward(int samples);

    /** The step has changed the parameters. */
    void settle();
}
