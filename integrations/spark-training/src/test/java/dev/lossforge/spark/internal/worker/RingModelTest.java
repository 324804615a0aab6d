package dev.lossforge.spark.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.optimizer.Optimizer.GradientClipping;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.spark.internal.ring.Peer;
import dev.lossforge.spark.internal.ring.Ring;
import dev.lossforge.spark.internal.ring.Token;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Steps of several workers in threads of this process. */
@Timeout(120)
class RingModelTest {
    private static final int WORKERS = 3;
    private static final int STEPS = 3;
    private static final int SAMPLES = 4;
    private static final int WIDTH = 1152;
    private static final String HOST = "127.0.0.1";

    /** More parameters than two buckets have. */
    private static final Architecture LAYERS = Architecture.input(WIDTH)
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(3))
            .build();

    private static CompiledModel model() {
        CompileOptions options = CompileOptions.of(Adam.of(0.01), new SoftmaxCrossEntropyLoss())
                .withClipping(new GradientClipping.ByGlobalNorm(0.5))
                .withThreads(2);
        return Backends.select("cpu").compile(LAYERS, options.spec(5));
    }

    /** A model that tells of no gradient before all are there, so that they are summed after the backward pass. */
    private static CompiledModel silent(CompiledModel model) {
        return (CompiledModel) Proxy.newProxyInstance(
                RingModelTest.class.getClassLoader(), new Class<?>[] {CompiledModel.class}, (proxy, method, given) -> {
                    Object[] arguments = given == null ? new Object[0] : given.clone();
                    if (method.getName().equals("gradients") && arguments.length == 4) {
                        arguments[3] = (IntConsumer) filled -> {};
                    }
                    try {
                        return method.invoke(model, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static Batch batch(int rank, int step) {
        SplittableRandom random = new SplittableRandom(100 * rank + step);
        Tensor inputs = Tensor.zeros(SAMPLES, WIDTH);
        for (int i = 0; i < inputs.size(); i++) {
            inputs.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return new Batch(inputs, IntTensor.vector(random.ints(SAMPLES, 0, 3).toArray()), null);
    }

    private static List<Map<String, Tensor>> trained(boolean overlapping) throws Exception {
        Token token = Token.random();
        List<Ring> rings = new ArrayList<>();
        List<Peer> peers = new ArrayList<>();
        for (int rank = 0; rank < WORKERS; rank++) {
            rings.add(new Ring(rank, WORKERS, token, Duration.ofSeconds(60), HOST));
            peers.add(new Peer(rank, HOST, rings.get(rank).port()));
        }
        List<Future<Map<String, Tensor>>> futures = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int rank = 0; rank < WORKERS; rank++) {
                int own = rank;
                futures.add(threads.submit(() -> train(rings.get(own), peers, own, overlapping)));
            }
        }
        List<Map<String, Tensor>> parameters = new ArrayList<>();
        for (Future<Map<String, Tensor>> future : futures) {
            parameters.add(future.get());
        }
        return parameters;
    }

    private static Map<String, Tensor> train(Ring open, List<Peer> peers, int rank, boolean overlapping) {
        CompiledModel own = model();
        RingBackend.Averaging never = new RingBackend.Averaging(0, STEPS);
        try (Ring ring = open;
                RingModel model = new RingModel(overlapping ? own : silent(own), ring, rank, never)) {
            ring.join(peers);
            for (int step = 0; step < STEPS; step++) {
                assertThat(model.trainStep(batch(rank, step)).applied()).isTrue();
            }
            return model.parameters();
        }
    }

    @Test
    void summingDuringTheBackwardPassChangesNoBit() throws Exception {
        List<Map<String, Tensor>> overlapping = trained(true);
        Map<String, Tensor> afterwards = trained(false).getFirst();
        for (Map<String, Tensor> parameters : overlapping) {
            assertThat(parameters).isEqualTo(afterwards);
        }
        try (CompiledModel untrained = model()) {
            assertThat(afterwards).isNotEqualTo(untrained.parameters());
        }
    }
}
