package dev.lossforge.runtime.report;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.Event.EpochEnd;
import dev.lossforge.runtime.callback.Callback.Event.NonFinite;
import dev.lossforge.runtime.callback.Callback.Event.StepEnd;
import dev.lossforge.runtime.callback.Callback.Event.TrainBegin;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.internal.chart.Page;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.files.OwnFile;
import dev.lossforge.runtime.internal.report.RunPage;
import dev.lossforge.runtime.internal.report.TrainingCurve;
import dev.lossforge.runtime.model.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An HTML page about a training: curves of the loss, its parts, the metrics, the gradients and the learning rate.
 * {@linkplain #withClasses(Dataset, String...) With classes}, it also shows a confusion matrix, precision and recall,
 * and the reliability of the confidence. The page is rewritten after each epoch. It needs only a browser: no script, no
 * network.
 *
 * <pre>{@code
 * RunReport report = RunReport.of(model, Path.of("pets.html")).titled("Pets").withClasses(validation, "cat", "dog");
 * model.fit(training, FitOptions.epochs(20).withValidation(validation).withCallback(report));
 * }</pre>
 *
 * <p>The report of an earlier training is replaced; any other file is not.
 */
public final class RunReport implements Callback.Stateful {
    private final Model model;
    private final Path file;
    private final String title;
    private final Map<String, Double> factors;
    private final @Nullable Examination examination;
    private final TrainingCurve curve = new TrainingCurve();
    private @Nullable TrainBegin begin;

    /** The message about a NaN or infinite loss or gradient, if one occurred. */
    private Optional<String> problem = Optional.empty();

    private RunReport(
            Model model, Path file, String title, Map<String, Double> factors, @Nullable Examination examination) {
        this.model = model;
        this.file = file;
        this.title = title;
        this.factors = factors;
        this.examination = examination;
    }

    /**
     * A report about a training of this model.
     *
     * @param file the page; its folder must exist
     */
    public static RunReport of(Model model, Path file) {
        return new RunReport(model, file, "Training", Map.of(), null);
    }

    /** The same report with another title. */
    public RunReport titled(String newTitle) {
        return new RunReport(model, file, newTitle, factors, examination);
    }

    /**
     * Sets the factor of a part in the loss: {@code 0.1} for {@code 0.1f * part("divergence", …)}. With factors, the
     * report stacks the parts to show how they add up. Parts without a factor have the factor 1. The weights of several
     * losses are known and need not be given.
     */
    public RunReport withFactor(String part, double factor) {
        Map<String, Double> more = new LinkedHashMap<>(factors);
        more.put(part, factor);
        return new RunReport(model, file, title, more, examination);
    }

    /**
     * Evaluates the model on these samples after each epoch. The report then shows a confusion matrix, the precision
     * and recall of each class, and the reliability of the probabilities. The model's outputs must be logits: one per
     * class or, for two classes, one.
     *
     * @param samples samples that the model is not trained on
     * @param names the names of the classes, in the order of their indices
     */
    public RunReport withClasses(Dataset samples, String... names) {
        return withClasses(samples, List.of(names));
    }

    /** As {@link #withClasses(Dataset, String...)}. */
    public RunReport withClasses(Dataset samples, List<String> names) {
        return new RunReport(model, file, title, factors, Examination.of(samples, names));
    }

    /**
     * Selects the output and the target that hold the classes, if there are several.
     *
     * @throws ConfigurationException if {@link #withClasses(Dataset, String...)} has not been called
     */
    public RunReport on(String output, String target) {
        if (examination == null) {
            throw new ConfigurationException(
                    "There are no classes for the output '" + output + "'; call withClasses(samples, names) first.");
        }
        return new RunReport(model, file, title, factors, examination.on(output, target));
    }

    /** The file of the page. */
    public Path file() {
        return file;
    }

    /**
     * Checks conditions on which the end of an epoch would fail.
     *
     * @throws ConfigurationException if the folder does not exist, the file is not a page of Lossforge, or the model
     *     does not fit the classes
     */
    @Override
    public void onTrainBegin(TrainBegin event, TrainingControl training) {
        OwnFile.require(file, "report", Page::isIn);
        if (examination != null) {
            examination.requireFit(model.architecture());
        }
        begin = event;
        problem = Optional.empty();
        curve.onTrainBegin(event, training);
    }

    @Override
    public void onStepEnd(StepEnd event, TrainingControl training) {
        curve.onStepEnd(event, training);
    }

    @Override
    public void onEpochEnd(EpochEnd event, TrainingControl training) {
        write(training);
    }

    @Override
    public void onNonFinite(NonFinite event, TrainingControl training) {
        problem = Optional.of(event.message());
        write(training);
    }

    private void write(TrainingControl training) {
        RunPage page = new RunPage(
                title,
                begin,
                training.history().epochs(),
                curve,
                model.compiledModel().spec(),
                factors);
        problem.ifPresent(page::warn);
        page.write(model.summary(), examination == null ? List.of() : examination.pictures(model));
        try {
            DurableFiles.replace(file, page.html());
        } catch (IOException e) {
            throw new UncheckedIOException("The report " + file + " cannot be written.", e);
        }
    }

    @Override
    public String stateName() {
        return "run-report";
    }

    @Override
    public State state() {
        return curve.state();
    }

    @Override
    public void restore(State state) {
        curve.restore(state);
    }
}
