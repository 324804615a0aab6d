package dev.lossforge.spark.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lossforge.spark.internal.ring.Peer;
import org.junit.jupiter.api.Test;

class CardTest {
    @Test
    void tellsWhereWorkersListen() {
        assertThat(Card.peers("10.0.0.1 4000 25", "10.0.0.2 4001 25"))
                .containsExactly(new Peer(0, "10.0.0.1", 4000), new Peer(1, "10.0.0.2", 4001));
    }

    @Test
    void refusesAnotherVersionOfJava() {
        assertThatThrownBy(() -> Card.peers("10.0.0.1 4000 25", "10.0.0.2 4001 21"))
                .hasMessage(
                        "Worker 1 on 10.0.0.2 runs Java 21, but worker 0 runs Java 25; run the same on all machines.");
    }

    @Test
    void refusesAnotherVersionOfLossforge() {
        assertThatThrownBy(() -> Card.peers("10.0.0.1 4000"))
                .hasMessageContaining("use the same version of Lossforge on all machines");
    }
}
