package dev.lossforge.cli;

import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Handles Ctrl-C and other requests to terminate. The training stops after the current step and writes a checkpoint;
 * then the process ends.
 */
final class Interruption implements Callback, AutoCloseable {
    /** The exit code of a program that was ended by Ctrl-C. */
    static final int EXIT_CODE = 130;

    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");
    private volatile boolean requested;

    private Interruption() {}

    /** Starts to watch for a request, until it is closed. */
    static Interruption watched() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the process was requested to end. */
    boolean isRequested() {
        return requested;
    }

    /** Requests the end and waits for it. The process stays alive during this call. */
    private void request() {
        requested = true;
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("lossforge: The training did not stop within " + PATIENCE_SECONDS
                        + " s; the last checkpoint is the previous one.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        if (requested) {
            training.interrupt();
        }
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        if (requested) {
            training.interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is already ending.
        }
    }
}
