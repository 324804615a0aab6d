package dev.lossforge.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.metric.History;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingReportTest {

    private static TrainingReport report(int failures, double... compute) {
        List<WorkerTimes> workers = new ArrayList<>();
        for (int worker = 0; worker < compute.length; worker++) {
            workers.add(new WorkerTimes(worker, "10.0.0." + worker, 40, compute[worker], 1, 2, 3));
        }
        return new TrainingReport(new History(List.of()), 40, workers, 2, failures, 20);
    }

    @Test
    void namesTheStraggler() {
        assertThat(report(0, 7, 13, 8).straggler())
                .hasValueSatisfying(slow -> assertThat(slow.worker()).isEqualTo(1));
        assertThat(report(0, 1, 4).line())
                .isEqualTo("step 40, 2 workers: 45 % compute, 18 % communication, 36 % waiting;"
                        + " worker 1 on 10.0.0.1 is slow");
    }

    @Test
    void callsNobodyAStragglerWhoIsALittleSlower() {
        assertThat(report(0, 7, 10, 8).straggler()).isEmpty();
        assertThat(report(1, 7).line())
                .isEqualTo("step 40, 1 workers: 70 % compute, 10 % communication, 20 % waiting; 1 job run again");
    }
}
