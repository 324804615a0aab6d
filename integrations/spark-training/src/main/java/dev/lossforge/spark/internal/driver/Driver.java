package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.training.FitOptions;
import dev.lossforge.spark.TrainingReport;
import dev.lossforge.spark.internal.data.Field;
import dev.lossforge.spark.internal.data.Fields;
import dev.lossforge.spark.internal.data.Sample;
import dev.lossforge.spark.internal.data.Shares;
import dev.lossforge.spark.internal.worker.Assignment;
import dev.lossforge.spark.internal.worker.CompileForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Runs one training: its checks, its data, and its jobs. */
public final class Driver {
    private final TrainerOptions options;
    private final Model model;
    private final CompileSpec spec;
    private final FitOptions fit;

    public Driver(TrainerOptions options, Model model, CompileOptions compile, FitOptions fit) {
        this.options = options;
        this.model = model;
        this.spec = compile.spec(0);
        this.fit = fit;
    }

    /** Trains on these rows. */
    public TrainingReport run(JavaRDD<Row> rows, StructType schema) {
        requireValid();
        List<Field> fields = Fields.of(model.architecture(), spec, options.columns(), options.counting());
        try (Progress progress = Progress.in(options);
                LostExecutors lost = new LostExecutors(rows.context())) {
            JavaPairRDD<Long, Sample> shares = Shares.of(rows, schema, fields, options.workers());
            try {
                // Before the workers start, so that an error in the rows is reported once.
                shares.count();
                Jobs jobs = new Jobs(options, shares, assignment(rows.context(), fields), progress, lost);
                model.loadParameters(jobs.run().parameters());
                return progress.report();
            } finally {
                shares.unpersist(false);
            }
        } catch (Exception e) {
            throw Failures.inOneSentence(e, options.workers());
        }
    }

    private void requireValid() {
        model.architecture().parametersOf(spec.frozenLayers());
        spec.requireOutputs(model.architecture());
        spec.requireShares(model.architecture());
        if (spec.losses().isEmpty()) {
            throw new ConfigurationException("A training on Spark needs a loss; give one to CompileOptions.of.");
        }
        if (fit.batchSize() % options.workers() != 0) {
            throw new ConfigurationException("The batch size " + fit.batchSize() + " cannot be shared equally among "
                    + options.workers() + " workers; choose a multiple of their number.");
        }
        if (!fit.callbacks().isEmpty()
                || fit.validation().isPresent()
                || fit.checkpointer().isPresent()) {
            throw new ConfigurationException(
                    "Callbacks, validation data and checkpointers stay on one machine; on Spark"
                            + " take withSchedule, withListener and withCheckpoints, and evaluate the model afterwards.");
        }
    }

    private Assignment assignment(SparkContext context, List<Field> fields) {
        return new Assignment(
                bytes(model),
                CompileForm.of(spec),
                fields,
                options.workers(),
                context.conf().getInt("spark.task.cpus", 1),
                fit.epochs(),
                fit.batchSize() / options.workers(),
                fit.shuffle(),
                fit.isDroppingLast(),
                options.schedule().orElse(null),
                options.averageEvery(),
                options.stepsPerJob(),
                options.limit());
    }

    private static byte[] bytes(Model model) {
        try {
            Path file = Files.createTempFile("lossforge", ".safetensors");
            try {
                model.save(file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
