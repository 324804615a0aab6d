package dev.lossforge.cli;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.digits.DataChoice;
import dev.lossforge.digits.MnistData;
import dev.lossforge.digits.MnistSource;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.Backends;
import dev.lossforge.runtime.checkpoint.Checkpoints;
import dev.lossforge.runtime.loss.LossFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lossforge train mnist}. */
@Command(
        name = "mnist",
        description = "Trains a convolutional network to read the digits of MNIST.",
        showDefaultValues = true)
final class TrainMnistCommand implements Callable<Integer> {
    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "5",
            converter = PositiveInteger.class,
            description = "Number of passes over the training images.")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "32",
            converter = PositiveInteger.class,
            description = "Number of images per step.")
    private int batchSize;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "0.001",
            converter = PositiveReal.class,
            description = "Adam's learning rate.")
    private double learningRate;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            converter = WholeNumber.class,
            description = "Seed of the initial weights and of the order of the images.")
    private long seed;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Train on the first N images only.")
    private @Nullable Integer limit;

    @Mixin
    private SteeringOptions steering;

    @Mixin
    private BackendOption backend;

    @Option(
            names = "--device",
            paramLabel = "ID",
            showDefaultValue = Visibility.NEVER,
            description = "The backend's device, as listed by 'lossforge devices'; the first one by default.")
    private @Nullable String device;

    @Option(
            names = "--engine",
            paramLabel = "local|spark",
            defaultValue = "local",
            description =
                    "Where to train: local (in this process) or spark (on Apache Spark, which './lossforge' fetches)."
                            + " With spark, the only options are --workers, --master, --data, --limit, --epochs and"
                            + " --batch-size.")
    private String engine;

    @Option(
            names = "--threads",
            paramLabel = "N",
            converter = PositiveInteger.class,
            showDefaultValue = Visibility.NEVER,
            description = "Threads of the CPU backend; all processors by default.")
    private @Nullable Integer threads;

    @Option(
            names = "--data",
            paramLabel = "auto|generated|DIR",
            defaultValue = "auto",
            description = "The source of the images: the user's cache or a download, generated digits, or a folder"
                    + " with the four files of MNIST.")
    private String data;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            showDefaultValue = Visibility.NEVER,
            description = "The folder for the results; runs/<time> by default.")
    private @Nullable Path out;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            defaultValue = "500",
            converter = PositiveInteger.class,
            description = "Write a checkpoint every N steps and after every epoch, for 'lossforge resume'.")
    private int checkpointEvery;

    @Option(
            names = "--keep",
            paramLabel = "N",
            defaultValue = "3",
            converter = PositiveInteger.class,
            description = "Number of checkpoints to keep; older ones are deleted.")
    private int keep;

    @Mixin
    private TrainingOutput output;

    @Override
    public Integer call() throws IOException {
        requireLocal();
        Screen screen = output.screen();
        RunRecord.Options options = options();
        LossFunction loss = options.steering().loss();
        MnistRun.requireValid(options, loss);
        Backend chosen = Backends.select(backend.asGiven(), device);
        try (RunFolder folder =
                out == null ? RunFolder.ofNow(Path.of("runs")) : RunFolder.without(out, MnistRun.FILES)) {
            screen.line("Training the MNIST network on the %s, Java %s."
                    .formatted(MnistRun.where(chosen), Runtime.version().feature()));
            MnistData digits = new MnistSource(new DataProgress(screen))
                    .load(DataChoice.parse(data), limit == null ? Integer.MAX_VALUE : limit);
            try (Checkpoints checkpoints = MnistRun.checkpoints(folder, screen)) {
                return new MnistRun(options, seed, loss, chosen, digits, folder, output)
                        .run(checkpoints, Optional.empty());
            }
        }
    }

    /** Training on Spark is a separate program, which only {@code ./lossforge} starts. */
    private void requireLocal() {
        if (!engine.equals("local")) {
            throw new ConfigurationException(
                    engine.equals("spark")
                            ? "Training on Spark needs libraries that this build lacks; './lossforge train mnist"
                                    + " --engine spark' fetches them."
                            : "There is no engine '" + engine + "'; the engines are local and spark.");
        }
    }

    private RunRecord.Options options() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new RunRecord.Options(
                epochs,
                batchSize,
                learningRate,
                limit,
                backend.asGiven(),
                device,
                threads == null ? processors : threads,
                data,
                checkpointEvery,
                keep,
                steering.steering(epochs));
    }
}
