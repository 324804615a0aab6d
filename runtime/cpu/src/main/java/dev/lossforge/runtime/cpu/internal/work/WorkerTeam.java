package dev.lossforge.runtime.cpu.internal.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of workers that run one task at a time together. The calling thread is worker 0; the others are daemon
 * threads of the team.
 *
 * <p>A training step consists of several short tasks in a row. An idle worker therefore spins for a moment before it
 * gives up its processor, unless there are more workers than processors.
 */
public final class WorkerTeam implements AutoCloseable {
    /** About 50 microseconds, which bridges the gaps between two tasks of a step and between two steps. */
    private static final int SPINS = 2_000;

    /** A part of a task. */
    @FunctionalInterface
    public interface Task {
        /** Runs the part of worker {@code worker}, a number from 0 to {@link WorkerTeam#size} - 1. */
        void run(int worker);
    }

    private final List<Member> members = new ArrayList<>();
    private final int spins;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger round = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable Thread waitingCaller;
    private @Nullable Task task;
    private boolean alone;

    public WorkerTeam(int size) {
        this.spins = size <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
        for (int worker = 1; worker < size; worker++) {
            Member member = new Member(worker);
            members.add(member);
            member.thread.start();
        }
    }

    /** The number of workers that run the next task, including the caller. */
    public int size() {
        return alone ? 1 : members.size() + 1;
    }

    /**
     * Sets whether the calling thread is the only worker of future tasks. This is faster if waking the others takes
     * longer than the tasks.
     */
    public void workAlone(boolean isAlone) {
        alone = isAlone;
    }

    /**
     * Runs all parts of a task and returns when the last one has finished. Everything that a worker wrote is then
     * visible to all. If a part fails, the others still finish, and the first failure is thrown.
     */
    public void run(Task newTask) {
        if (alone || members.isEmpty()) {
            newTask.run(0);
            return;
        }
        start(newTask);
        attempt(newTask, 0);
        awaitMembers();
        task = null;
        rethrow(failure.getAndSet(null));
    }

    private void start(Task newTask) {
        task = newTask;
        unfinished.set(members.size());
        round.incrementAndGet();
        for (Member member : members) {
            member.wake();
        }
    }

    private void attempt(Task current, int worker) {
        try {
            current.run(worker);
        } catch (Throwable e) {
            failure.compareAndSet(null, e);
        }
    }

    private void awaitMembers() {
        for (int i = 0; i < spins && unfinished.get() > 0; i++) {
            Thread.onSpinWait();
        }
        waitingCaller = Thread.currentThread();
        boolean interrupted = false;
        while (unfinished.get() > 0) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        waitingCaller = null;
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable thrown) {
        switch (thrown) {
            case null -> {}
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    /** Ends the team's threads; idempotent. */
    @Override
    public void close() {
        closed = true;
        round.incrementAndGet();
        members.forEach(Member::wake);
    }

    /** One of the team's own threads. */
    private final class Member {
        private final int worker;
        private final Thread thread;
        private volatile boolean parked;

        private Member(int worker) {
            this.worker = worker;
            this.thread = Thread.ofPlatform()
                    .daemon()
                    .name("lossforge-worker-" + worker)
                    .unstarted(this::work);
        }

        private void work() {
            int seen = 0;
            while (true) {
                seen = awaitRoundAfter(seen);
                Task current = task;
                if (closed || current == null) {
                    return;
                }
                attempt(current, worker);
                finish();
            }
        }

        private int awaitRoundAfter(int seen) {
            for (int i = 0; i < spins && round.get() == seen; i++) {
                Thread.onSpinWait();
            }
            if (round.get() == seen) {
                parked = true;
                while (round.get() == seen) {
                    LockSupport.park(WorkerTeam.this);
                }
                parked = false;
            }
            return round.get();
        }

        private void finish() {
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waitingCaller);
            }
        }

        private void wake() {
            if (parked) {
                LockSupport.unpark(thread);
            }
        }
    }
}
