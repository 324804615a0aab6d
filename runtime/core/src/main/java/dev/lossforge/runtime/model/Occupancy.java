package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the current use of a model, so that a second thread, or a callback that would break it, is refused at once.
 */
final class Occupancy {
    private final AtomicReference<@Nullable Use> current = new AtomicReference<>();

    /** A use that nothing may interrupt, and that may not begin within another. */
    <T> T alone(String what, Supplier<T> work) {
        return during(begin(what, false, false), work);
    }

    /** As {@link #alone(String, Supplier)}. */
    void alone(String what, Runnable work) {
        during(begin(what, false, false), work);
    }

    /** A use with callbacks, which may read and write parameters, evaluate and predict. */
    <T> T withCallbacks(String what, Supplier<T> work) {
        return during(begin(what, false, true), work);
    }

    /** A use that may begin within one {@linkplain #withCallbacks with callbacks}. */
    <T> T shared(String what, Supplier<T> work) {
        return during(begin(what, true, false), work);
    }

    /** As {@link #shared(String, Supplier)}. */
    void shared(String what, Runnable work) {
        during(begin(what, true, false), work);
    }

    private <T> T during(Use use, Supplier<T> work) {
        try {
            return work.get();
        } finally {
            current.set(use.outer);
        }
    }

    private void during(Use use, Runnable work) {
        try {
            work.run();
        } finally {
            current.set(use.outer);
        }
    }

    private Use begin(String what, boolean nests, boolean takesCallbacks) {
        Use use = new Use(what, takesCallbacks, null, Thread.currentThread());
        Use running = current.compareAndExchange(null, use);
        if (running == null) {
            return use;
        }
        if (running.thread != Thread.currentThread()) {
            throw new ConfigurationException("The thread '"
                    + Thread.currentThread().getName() + "' cannot call " + what + " while the thread '"
                    + running.thread.getName() + "' is in " + running.what
                    + " of the same model; only one thread may use a model at a time, so use model.predictor() for"
                    + " predictions in several threads.");
        }
        if (!nests || !running.takesCallbacks) {
            throw new ConfigurationException("A callback cannot call " + what + " while " + running.what
                    + " of the same model runs; do so after " + running.what + " has returned.");
        }
        Use inner = new Use(what, false, running, running.thread);
        current.set(inner);
        return inner;
    }

    /** One use; {@code outer} is the enclosing use. */
    private record Use(
            String what, boolean takesCallbacks, @Nullable Use outer, Thread thread) {}
}
