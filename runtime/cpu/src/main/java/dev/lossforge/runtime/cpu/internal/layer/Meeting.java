package dev.lossforge.runtime.cpu.internal.layer;

/**
 * A point where training waits for all samples of a batch, because the following operations depend on all of them. One
 * thread calls it while the workers wait.
 */
interface Meeting {

    /** Called when every sample has passed the operations before. */
    void forward(int samples);

    /** Called when the gradients of every sample have passed the operations after. */
    void backward(int samples);

    /** Called when the step has changed the parameters. */
    void settle();
}
