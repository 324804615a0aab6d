package dev.lossforge.benchmarks.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.losses.MeanSquaredErrorLossDeviceKernels;
import dev.lossforge.runtime.tornadovm.Device;
import dev.lossforge.runtime.tornadovm.Devices;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is timed on the first device is right, and what is wrong is not timed. */
class LossTimingTest {
    private static final Device DEVICE = Devices.first();

    @Test
    void everyCaseIsCheckedAndTimed() {
        List<LossCase> cases = new ArrayList<>(LossCase.ofElements("0.01"));
        cases.addAll(LossCase.ofRows(30, 10));
        cases.addAll(LossCase.ofRows(30, 300));
        for (LossCase of : cases) {
            try (LossTiming timing = new LossTiming(of, DEVICE)) {
                timing.check();
                assertThat(timing.kernels().milliseconds()).as(of.name()).isPositive();
                assertThat(timing.calls().milliseconds()).as(of.name()).isPositive();
            }
        }
    }

    @Test
    void kernelsOfAnotherLossAreFoundOut() {
        LossCase huber = LossCase.ofElements("0.01").get(1);
        LossCase wrong = new LossCase(
                huber.name(),
                huber.loss(),
                new MeanSquaredErrorLossDeviceKernels(),
                huber.inputs(),
                huber.floats(),
                huber.bytes());
        try (LossTiming timing = new LossTiming(wrong, DEVICE)) {
            assertThatThrownBy(timing::check)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the sum of the losses is");
        }
    }

    @Test
    void theCopyReachesTheEnd() {
        assertThat(DeviceCopy.time(10_001, DEVICE).fastest()).isPositive();
    }
}
