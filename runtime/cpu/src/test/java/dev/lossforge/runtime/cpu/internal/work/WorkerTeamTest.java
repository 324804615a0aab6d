package dev.lossforge.runtime.cpu.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerTeamTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyWorkerRunsEveryTaskOnceBeforeTheNextBegins(int size) {
        try (WorkerTeam team = new WorkerTeam(size)) {
            int[] runs = new int[size];
            for (int round = 1; round <= 500; round++) {
                int expected = round;
                team.run(worker -> runs[worker]++);
                assertThat(runs).containsOnly(expected);
            }
        }
    }

    @Test
    void wakesWorkersThatHaveFallenAsleep() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            AtomicInteger runs = new AtomicInteger();
            for (int round = 0; round < 5; round++) {
                LockSupport.parkNanos(5_000_000);
                team.run(worker -> runs.incrementAndGet());
            }
            assertThat(runs).hasValue(15);
        }
    }

    @Test
    void waitsForSlowWorkers() {
        try (WorkerTeam team = new WorkerTeam(2)) {
            AtomicInteger finished = new AtomicInteger();
            team.run(worker -> {
                if (worker == 1) {
                    LockSupport.parkNanos(20_000_000);
                }
                finished.incrementAndGet();
            });
            assertThat(finished).hasValue(2);
        }
    }

    @Test
    void throwsWhatAWorkerThrewAfterAllHaveFinishedAndStaysUsable() {
        try (WorkerTeam team = new WorkerTeam(3)) {
            AtomicInteger finished = new AtomicInteger();
            assertThatThrownBy(() -> team.run(worker -> {
                        if (worker == 2) {
                            throw new IllegalArgumentException("worker 2");
                        }
                        finished.incrementAndGet();
                    }))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("worker 2");
            assertThat(finished).hasValue(2);

            team.run(worker -> finished.incrementAndGet());
            assertThat(finished).hasValue(5);
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        WorkerTeam team = new WorkerTeam(3);
        team.run(worker -> {
            synchronized (threads) {
                threads.add(Thread.currentThread());
            }
        });
        team.close();
        team.close();
        threads.remove(Thread.currentThread());
        for (Thread thread : threads) {
            thread.join(5_000);
        }
        assertThat(threads).hasSize(2).noneMatch(Thread::isAlive);
    }

    @Test
    void sharesCoverAllNumbersInOrder() {
        for (int total = 0; total < 20; total++) {
            int next = 0;
            for (int worker = 0; worker < 3; worker++) {
                Range share = Range.share(total, worker, 3);
                assertThat(share.from()).isEqualTo(next);
                assertThat(share.size()).isBetween(total / 3, total / 3 + 1);
                next = share.to();
            }
            assertThat(next).isEqualTo(total);
        }
    }
}
