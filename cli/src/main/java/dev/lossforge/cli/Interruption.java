package dev.lossforge.cli;

import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.TrainingControl;
import dev.lossforge.runtime.callback.TrainingEvent.EpochEnd;
import dev.lossforge.runtime.callback.TrainingEvent.StepEnd;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, and any other polite request to end: the training breaks off after the present step, with a checkpoint, and
 * the process ends when that is written.
 */
final class Interruption implements Callback, AutoCloseable {
    /** The exit code of a program that Ctrl-C ended. */
    static final int EXIT_CODE = 130;

    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::request, "interruption");
    private volatile boolean requested;

    private Interruption() {}

    /** Watches for a request until it is closed. */
    static Interruption watched() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Whether the process has been asked to end. */
    boolean isRequested() {
        return requested;
    }

    /** Asks for an end and waits for it; the process lives as long as this does. */
    private void request() {
        requested = true;
        try {
            if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("lossforge: The training did not stop within " + PATIENCE_SECONDS
                        + " s; its last checkpoint is the one before.");
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
            // The process is ending already.
        }
    }
}
