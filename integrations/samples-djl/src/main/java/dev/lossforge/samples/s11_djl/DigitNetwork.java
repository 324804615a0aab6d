package dev.lossforge.samples.s11_djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.TrainingConfig;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.lossforge.digits.DigitSet;
import java.io.IOException;

/** A small convolutional network, trained as DJL's own examples are. */
final class DigitNetwork {
    private static final Shape HALF = new Shape(2, 2);
    private static final int BATCH = 32;

    private DigitNetwork() {}

    /** Trains the network with this loss; the accuracy on the test images after each epoch. */
    static double[] accuracies(Loss loss, DigitArrays training, DigitArrays test, int epochs) {
        Engine.getInstance().setRandomSeed(1);
        TrainingConfig config = new DefaultTrainingConfig(loss)
                .optOptimizer(Optimizer.adam()
                        .optLearningRateTracker(Tracker.fixed(0.003f))
                        .build());
        ArrayDataset batches = new ArrayDataset.Builder()
                .setData(training.images())
                .optLabels(training.labels())
                .setSampling(BATCH, false)
                .build();
        double[] accuracies = new double[epochs];
        try (Model model = Model.newInstance("digits")) {
            model.setBlock(network());
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(DigitArrays.shape(BATCH));
                for (int epoch = 0; epoch < epochs; epoch++) {
                    EasyTrain.fit(trainer, 1, batches, null);
                    accuracies[epoch] = accuracy(trainer, test);
                }
            }
        } catch (IOException | TranslateException e) {
            throw new IllegalStateException("The arrays are in memory and are not translated.", e);
        }
        return accuracies;
    }

    private static Block network() {
        return new SequentialBlock()
                .add(Conv2d.builder()
                        .setFilters(8)
                        .setKernelShape(new Shape(5, 5))
                        .build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(HALF, HALF))
                .add(Conv2d.builder()
                        .setFilters(16)
                        .setKernelShape(new Shape(5, 5))
                        .build())
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(HALF, HALF))
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(64).build())
                .add(Activation.reluBlock())
                .add(Linear.builder().setUnits(DigitSet.CLASSES).build());
    }

    private static double accuracy(Trainer trainer, DigitArrays test) {
        try (NDArray read = trainer.evaluate(new NDList(test.images())).head().argMax(1);
                NDArray right = read.toType(DataType.FLOAT32, false).eq(test.labels())) {
            return (double) right.countNonzero().getLong() / test.labels().size();
        }
    }
}
