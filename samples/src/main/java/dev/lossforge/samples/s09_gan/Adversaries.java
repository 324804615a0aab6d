package dev.lossforge.samples.s09_gan;

import dev.lossforge.digits.DigitSet;
import dev.lossforge.runtime.data.Batch;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossResult;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The two networks. The forger turns noise into an image: its transposed convolutions enlarge the image step by step.
 * The detective scores an image. The forger is trained as the first half of a third network. The second half is the
 * frozen detective, through which the gradient of the score reaches the forger.
 */
final class Adversaries implements AutoCloseable {
    /** The number of random numbers from which the forger creates an image. */
    private static final int NOISE = 64;

    private static final int HIDDEN = 256;
    private static final int SHOWN = 64;
    private static final String[] DETECTIVE = {"detective-1", "detective-2"};

    private final Sequential forger;
    private final Sequential detective;
    private final Sequential attempt;
    private final DetectiveLoss detectiveLoss = new DetectiveLoss();
    private final ForgerLoss forgerLoss = new ForgerLoss();
    private final Tensor shownNoise;

    /** The mean losses of an epoch. */
    record Losses(double detective, double forger) {}

    Adversaries(long seed) {
        forger = forger(Sequential.builder().input(1, 1, NOISE)).seed(seed).build();
        detective = detective(Sequential.builder().input(DigitSet.SIZE, DigitSet.SIZE, 1))
                .seed(seed)
                .build();
        attempt = detective(forger(Sequential.builder().input(1, 1, NOISE)))
                .seed(seed)
                .build();
        // Half of Adam's usual memory, as in A. Radford et al., "Unsupervised Representation Learning with Deep
        // Convolutional Generative Adversarial Networks", ICLR 2016.
        Adam adam = Adam.of(0.0005).withBetas(0.5, 0.999);
        forger.compile(CompileOptions.of(adam));
        detective.compile(CompileOptions.of(adam));
        attempt.compile(CompileOptions.of(adam).withFrozenLayers(DETECTIVE));
        forger.loadParameters(part(attempt, forger));
        shownNoise = noise(new Random(seed), SHOWN);
    }

    /**
     * A network that ends with a ReLU, so that paper is exactly 0. Otherwise, the detective could recognize real digits
     * by it.
     */
    private static Sequential.Builder forger(Sequential.Builder builder) {
        return builder.add("forger-1", ConvTranspose2D.of(32, DigitSet.SIZE / 4, Activation.RELU))
                .add("forger-2", doubling(16))
                .add("forger-3", doubling(1));
    }

    private static ConvTranspose2D doubling(int filters) {
        return ConvTranspose2D.of(filters, 4, Activation.RELU).withStride(2).withPadding(1);
    }

    private static Sequential.Builder detective(Sequential.Builder builder) {
        return builder.add(Flatten.of())
                .add(DETECTIVE[0], Dense.of(HIDDEN, Activation.RELU))
                .add(DETECTIVE[1], Dense.of(1));
    }

    /** Goes through the images once, in a random order; both networks take a step on each batch. */
    Losses epoch(Tensor images, int batchSize, Random random) {
        int[] order = shuffled(images.samples(), random);
        Tensor real = Tensor.zeros(batchSize, DigitSet.SIZE, DigitSet.SIZE, 1);
        int steps = images.samples() / batchSize;
        double detectives = 0;
        double forgers = 0;
        for (int step = 0; step < steps; step++) {
            for (int i = 0; i < batchSize; i++) {
                int from = order[step * batchSize + i] * DigitSet.PIXELS;
                System.arraycopy(images.array(), from, real.array(), i * DigitSet.PIXELS, DigitSet.PIXELS);
            }
            detectives += detect(real, forger.predict(noise(random, batchSize)));
            forgers += forge(noise(random, batchSize));
        }
        return new Losses(detectives / steps, forgers / steps);
    }

    /** A step of the detective, on real and forged images together. */
    private double detect(Tensor real, Tensor fake) {
        int half = real.samples();
        return detective
                .step(Batch.ofInputs(stacked(real, fake)), outputs -> {
                    Tensor scores = outputs.only();
                    LossResult result = detectiveLoss.valueAndGradients(
                            LossInputs.named("real", scores.rows(0, half)).and("fake", scores.rows(half, 2 * half)),
                            Reduction.MEAN);
                    return LossResult.of(result.value(), stacked(result.gradient("real"), result.gradient("fake")));
                })
                .dataLoss();
    }

    /** A step of the forger against the current detective. */
    private double forge(Tensor noise) {
        Map<String, Tensor> both = new LinkedHashMap<>(attempt.parameters());
        both.putAll(detective.parameters());
        attempt.loadParameters(both);
        double loss = attempt.step(
                        Batch.ofInputs(noise),
                        outputs -> forgerLoss.valueAndGradients(LossInputs.of(outputs.only()), Reduction.MEAN))
                .dataLoss();
        forger.loadParameters(part(attempt, forger));
        return loss;
    }

    /** The parameters of a network that is part of another. */
    private static Map<String, Tensor> part(Sequential whole, Sequential part) {
        Map<String, Tensor> parameters = new LinkedHashMap<>(whole.parameters());
        parameters.keySet().retainAll(part.parameters().keySet());
        return parameters;
    }

    /** The forger's images for noise that never changes, {@code [64, 28, 28, 1]}. */
    Tensor samples() {
        return forger.predict(shownNoise);
    }

    private static Tensor noise(RandomGenerator random, int samples) {
        Tensor noise = Tensor.zeros(samples, 1, 1, NOISE);
        for (int i = 0; i < noise.size(); i++) {
            noise.array()[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    private static Tensor stacked(Tensor above, Tensor below) {
        Tensor stacked = Tensor.zeros(above.shape().withSamples(above.samples() + below.samples()));
        System.arraycopy(above.array(), 0, stacked.array(), 0, above.size());
        System.arraycopy(below.array(), 0, stacked.array(), above.size(), below.size());
        return stacked;
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }

    @Override
    public void close() {
        forger.close();
        detective.close();
        attempt.close();
    }
}
