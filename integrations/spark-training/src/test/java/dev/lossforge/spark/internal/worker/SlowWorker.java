package dev.lossforge.spark.internal.worker;

import dev.lossforge.losses.SoftmaxCrossEntropyLoss;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.backend.GradientSums;
import dev.lossforge.runtime.backend.SharePlace;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.optimizer.Sgd;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.spark.internal.ring.Peer;
import dev.lossforge.spark.internal.ring.Ring;
import dev.lossforge.spark.internal.ring.SlowLine;
import dev.lossforge.spark.internal.ring.Token;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** A worker of {@link StepTimes} in a process of its own; prints how long sums and steps took. */
final class SlowWorker {
    private static final int WIDTH = 1024;
    private static final int SHARE = 128;
    private static final int ROUNDS = 12;

    /** Some 5.2 million parameters. */
    private static final Architecture LAYERS = Architecture.input(WIDTH)
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(WIDTH, Activation.RELU))
            .add(Dense.of(10))
            .build();

    private SlowWorker() {}

    /** Takes rank, workers, token, latency and bandwidth; prints its port, and reads those of all. */
    public static void main(String[] given) throws IOException {
        int rank = Integer.parseInt(given[0]);
        int workers = Integer.parseInt(given[1]);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (CompiledModel model = model();
                Ring ring = SlowLine.ring(
                        rank,
                        workers,
                        new Token(given[2]),
                        Double.parseDouble(given[3]),
                        Double.parseDouble(given[4]));
                RingModel shared = new RingModel(model, ring, rank, new RingBackend.Averaging(0, 0))) {
            System.out.println(ring.port());
            List<Peer> peers = new ArrayList<>();
            for (String port : in.readLine().split(" ", -1)) {
                peers.add(new Peer(peers.size(), "127.0.0.1", Integer.parseInt(port)));
            }
            ring.join(peers);
            float[] gradients = new float[model.gradientSize()];
            Batch share = share(rank);
            double small = median(() -> ring.sum(new float[1000]), ring);
            double large = median(() -> ring.sum(gradients), ring);
            double computing =
                    median(() -> model.update(model.gradients(share, SharePlace.at(0), gradients), gradients), ring);
            double afterwards = median(() -> model.update(summed(model, share, gradients, ring), gradients), ring);
            double overlapping = median(() -> shared.trainStep(share), ring);
            if (rank == 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%d %.2f %.2f %.2f %.2f %.2f%n",
                        gradients.length,
                        small,
                        large,
                        computing,
                        afterwards,
                        overlapping);
            }
        }
    }

    /** A step of the same sums, none of which begins before all gradients are there. */
    private static GradientSums summed(CompiledModel model, Batch share, float[] gradients, Ring ring) {
        GradientSums own = model.gradients(share, SharePlace.at(0), gradients);
        ring.sum(gradients);
        return own;
    }

    /**
     * One that learns hardly anything: gradients of a batch that is known by heart are too small to be computed fast.
     */
    private static CompiledModel model() {
        CompileOptions options =
                CompileOptions.of(Sgd.of(1e-6), new SoftmaxCrossEntropyLoss()).withThreads(1);
        return Backends.select("cpu").compile(LAYERS, options.spec(1));
    }

    private static Batch share(int rank) {
        SplittableRandom random = new SplittableRandom(rank);
        Tensor inputs = Tensor.zeros(SHARE, WIDTH);
        for (int i = 0; i < inputs.size(); i++) {
            inputs.array()[i] = (float) random.nextDouble(-1, 1);
        }
        return new Batch(inputs, IntTensor.vector(random.ints(SHARE, 0, 10).toArray()), null);
    }

    /** In milliseconds, of the second half; all workers begin each round together. */
    private static double median(Runnable action, Ring ring) {
        double[] millis = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ring.sum(new float[0]);
            long start = System.nanoTime();
            action.run();
            millis[round] = (System.nanoTime() - start) * 1e-6;
        }
        double[] later = Arrays.copyOfRange(millis, ROUNDS / 2, ROUNDS);
        Arrays.sort(later);
        return later[later.length / 2];
    }
}
