package dev.lossforge.runtime.tornadovm;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Within a memory that is just large enough for one, many follow each other: TornadoVM refuses what would exceed it,
 * and so shows what an earlier one has kept.
 */
class DeviceMemoryTest {
    private static final int TIMES = 4;

    /** TornadoVM reads it when it starts, in a JVM that only this class has. */
    @BeforeAll
    static void limitMemory() {
        System.setProperty("tornado.device.memory", "24MB");
    }

    @Test
    void aModelThatIsClosedLeavesNothing() {
        Architecture layers = Architecture.input(2000)
                .add(Dropout.of(0.5))
                .add(ReLU.of())
                .add(Dense.of(2, Activation.SOFTMAX))
                .build();
        CompileSpec spec = CompileOptions.of(Adam.of(0.01), new SquaredErrorLoss())
                .withClipping(new GradientClipping.ByGlobalNorm(1))
                .spec(0);
        Batch batch = Batch.of(Tensor.zeros(256, 2000), Tensor.zeros(256, 2));
        assertThatCode(() -> {
                    for (int i = 0; i < TIMES; i++) {
                        try (CompiledModel model = new TornadoBackend().compile(layers, spec)) {
                            model.trainStep(batch);
                            model.evaluate(batch);
                            model.predict(batch.inputs());
                        }
                    }
                })
                .doesNotThrowAnyException();
    }

    /** As does a plan that a larger one takes the place of. */
    @Test
    void aLossThatIsClosedLeavesNothing() {
        HuberLoss loss = new HuberLoss(1f);
        assertThatCode(() -> {
                    try (DeviceLoss device = DeviceLoss.of(loss, Devices.first())) {
                        for (int i = 0; i < TIMES; i++) {
                            int units = 1_000_000 + i;
                            BoundLoss bound =
                                    BoundLoss.of(loss, LossInputs.of(Tensor.zeros(units), Tensor.zeros(units)));
                            bound.frame().gradient(0, new float[units]);
                            device.run(bound.frame(), 0, units);
                        }
                    }
                })
                .doesNotThrowAnyException();
    }
}
