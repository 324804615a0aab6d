package {{package}};

import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.Locale;
import java.util.Random;

/** Learns what to promise for a distance, from deliveries of the past. */
public final class Train {
    private static final int DELIVERIES = 2000;

    private Train() {}

    public static void main(String[] args) {
        try (Sequential model = Sequential.builder()
                .input(1)
                .add(Dense.of(16, Activation.RELU))
                .add(Dense.of(1))
                .seed(1)
                .build()) {
            model.compile(Adam.of(0.01), new LatenessLoss(3));
            History history = model.fit(deliveries(), FitOptions.epochs(20));
            System.out.printf(
                    Locale.ROOT,
                    "loss %.3f after the first epoch, %.3f after the last%n",
                    history.epochs().getFirst().loss(),
                    history.last().loss());
            float promised = model.predict(Tensor.matrix(new float[] {0.5f})).item();
            System.out.printf(Locale.ROOT, "promised for distance 0.5: %.2f hours%n", promised);
        }
    }

    /** Distances, and the hours that a delivery took: 1 + 3·distance, give or take an hour. */
    private static Dataset deliveries() {
        Random random = new Random(1);
        Tensor distances = Tensor.zeros(DELIVERIES, 1);
        Tensor hours = Tensor.zeros(DELIVERIES, 1);
        for (int i = 0; i < DELIVERIES; i++) {
            distances.array()[i] = random.nextFloat();
            hours.array()[i] = 1 + 3 * distances.array()[i] + (float) random.nextGaussian();
        }
        return Dataset.of(distances, hours);
    }
}
