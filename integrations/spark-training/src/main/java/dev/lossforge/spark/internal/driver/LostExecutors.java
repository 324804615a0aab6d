package dev.lossforge.spark.internal.driver;

import java.time.Duration;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;

/**
 * Whether an executor was lost that may return. One that is lost between two jobs makes neither fail, but leaves the
 * next one with too few slots.
 */
final class LostExecutors extends SparkListener implements AutoCloseable {
    /** How long an executor that was lost may take to be there again. */
    private static final Duration RETURNING = Duration.ofMinutes(5);

    private static final long NEVER = Long.MIN_VALUE;

    private final SparkContext context;
    private volatile long lostAt = NEVER;

    /** Of this cluster, from now on. */
    LostExecutors(SparkContext context) {
        this.context = context;
        context.addSparkListener(this);
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
        note();
    }

    /** One was lost now. */
    void note() {
        lostAt = System.nanoTime();
    }

    boolean mayReturn() {
        long last = lostAt;
        return last != NEVER && System.nanoTime() - last <= RETURNING.toNanos();
    }

    @Override
    public void close() {
        context.removeSparkListener(this);
    }
}
