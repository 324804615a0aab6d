package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without the option that forbids TornadoVM to rerun in Java what it cannot compile, there are no devices. */
class DevicesTest {
    private static final String FALLBACK = "tornado.recover.bailout";

    @AfterEach
    void forbidFallback() {
        System.setProperty(FALLBACK, "false");
    }

    @Test
    void thereAreNoneWhereTornadoVmMayFallBack() {
        System.setProperty(FALLBACK, "true");
        assertRefused();
        System.clearProperty(FALLBACK);
        assertRefused();
    }

    private static void assertRefused() {
        assertThatThrownBy(Devices::first).isInstanceOf(DeviceException.class).hasMessageContaining(FALLBACK);
        assertThat(new TornadoBackend().unavailableReason())
                .hasValueSatisfying(reason -> assertThat(reason).contains("-D" + FALLBACK + "=false"));
    }
}
