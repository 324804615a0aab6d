package dev.lossforge.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.MaxPool2D;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void listsLayersShapesAndParameters() {
        Sequential model = Sequential.builder()
                .input(28, 28, 1)
                .add(Conv2D.of(32, 3, Activation.RELU))
                .add(MaxPool2D.of(2))
                .add(Flatten.of())
                .add("head", Dense.of(10))
                .build();
        assertThat(model.summary()).isEqualToNormalizingNewlines("""
                Layer                  Output shape  Parameters
                -----------------------------------------------
                input                  [28, 28, 1]
                conv2d (Conv2D)        [26, 26, 32]         320
                maxpool2d (MaxPool2D)  [13, 13, 32]           0
                flatten (Flatten)      [5408]                 0
                head (Dense)           [10]              54,090
                -----------------------------------------------
                total                                    54,410
                """);
    }
}
