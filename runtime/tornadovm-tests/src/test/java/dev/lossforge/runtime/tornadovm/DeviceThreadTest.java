package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DeviceThreadTest {

    @Test
    void aHungDeviceIsCutOffAndStaysSo() {
        CountDownLatch never = new CountDownLatch(1);
        try (DeviceThread thread = new DeviceThread("0:1", Duration.ofMillis(50))) {
            assertThatThrownBy(() -> thread.call("a training step", () -> awaited(never)))
                    .isInstanceOf(DeviceException.class)
                    .hasMessageContaining("0:1")
                    .hasMessageContaining("a training step");
            assertThat(thread.isHung()).isTrue();
            assertThatThrownBy(() -> thread.call("an evaluation", () -> true))
                    .hasMessageContaining("hung since an earlier call");
        }
    }

    @Test
    void whatTheWorkThrowsReachesTheCaller() {
        try (DeviceThread thread = new DeviceThread("0:0")) {
            assertThat(thread.<Integer>call("a sum", () -> 2)).isEqualTo(2);
            assertThatThrownBy(() -> thread.call("a step", () -> {
                        throw new DeviceException("wrong");
                    }))
                    .isInstanceOf(DeviceException.class)
                    .hasMessage("wrong");
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
