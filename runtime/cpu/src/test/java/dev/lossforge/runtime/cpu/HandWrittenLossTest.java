package dev.lossforge.runtime.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.LossSignature.Scope;
import dev.lossforge.runtime.loss.UnitLoss;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.FitOptions;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A model trains with a loss that no processor generated. */
class HandWrittenLossTest {

    private record SquaredError() implements UnitLoss {
        @Override
        public LossSignature signature() {
            return LossSignature.of(
                    "squaredError",
                    Scope.ELEMENT,
                    LossSignature.Input.prediction("p", 0),
                    LossSignature.Input.target("y", LossSignature.Input.Type.FLOAT, 0));
        }

        @Override
        public float evaluate(Unit unit) {
            float error = unit.value(0) - unit.value(1);
            unit.addGradient(0, 2 * error);
            return error * error;
        }
    }

    @Test
    void aLineIsFound() {
        Random random = new Random(1);
        Tensor x = Tensor.zeros(200, 1);
        Tensor y = Tensor.zeros(200, 1);
        for (int i = 0; i < 200; i++) {
            x.array()[i] = random.nextFloat(-1, 1);
            y.array()[i] = 3 * x.array()[i] - 1;
        }
        Sequential model =
                Sequential.builder().input(1).add(Dense.of(1)).seed(1).build();
        model.compile(CompileOptions.of(Adam.of(0.05), new SquaredError()).withThreads(2));
        History history = model.fit(Dataset.of(x, y), FitOptions.epochs(60));
        assertThat(history.last().loss()).isLessThan(1e-4);
        assertThat(model.parameters().get("dense.weights").array()[0]).isCloseTo(3, within(0.01f));
        assertThat(model.parameters().get("dense.bias").array()[0]).isCloseTo(-1, within(0.01f));
        assertThat(model.evaluate(Dataset.of(x, y)).loss()).isLessThan(1e-4);
        model.close();
    }
}
