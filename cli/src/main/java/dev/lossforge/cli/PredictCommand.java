package dev.lossforge.cli;

import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.digits.DigitImage;
import dev.lossforge.digits.Probabilities;
import dev.lossforge.runtime.data.DataException;
import dev.lossforge.runtime.model.CompileOptions;
import dev.lossforge.runtime.model.Sequential;
import dev.lossforge.runtime.optimizer.Adam;
import dev.lossforge.samples.mnist.SoftmaxCrossEntropyLoss;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge predict}. */
@Command(
        name = "predict",
        description = {
            "Reads digits from pictures with the network of a run.",
            "",
            "A picture is a PNG or JPEG of any size that shows one digit, dark on light or light on dark. It is"
                    + " converted to the form of MNIST: the ink is bright, its box is 20 pixels long, and its centre is"
                    + " in the middle of 28 by 28. One line per picture: the three likeliest digits with their"
                    + " probabilities.",
            "",
            "For example: lossforge predict runs/20260131-120000 seven.png four.jpg"
        },
        footer = {
            "",
            "Exit codes: 0 done; 1 the run or a picture cannot be used, the other pictures are still read;"
                    + " 2 wrong usage."
        })
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 3;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunArgument run;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "IMAGE", description = "The pictures.")
    private List<Path> images;

    @Mixin
    private BackendOption backend;

    @Option(names = "--json", description = "Print one JSON array instead of lines.")
    private boolean json;

    /** A digit and its probability. */
    record Guess(int digit, float probability) {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter lines = json ? new PrintWriter(Writer.nullWriter()) : out;
        List<Map<String, Object>> answers = new ArrayList<>();
        boolean allRead = true;
        try (Sequential model = StoredRun.at(run.path()).model(Screen.of(spec)::warn)) {
            model.compile(
                    CompileOptions.of(Adam.of(), new SoftmaxCrossEntropyLoss()).withBackend(backend.asGiven()));
            for (Path image : images) {
                try {
                    List<Guess> guesses = guesses(image, model);
                    answers.add(Map.of(
                            "image",
                            image.toString(),
                            "digit",
                            guesses.getFirst().digit(),
                            "guesses",
                            guesses));
                    lines.println(image + "  " + line(guesses));
                } catch (DataException e) {
                    // The remaining pictures are still read.
                    allRead = false;
                    answers.add(Map.of("image", image.toString(), "problem", message(e)));
                    spec.commandLine().getErr().println(Failures.line(message(e)));
                }
            }
        }
        if (json) {
            out.println(Json.text(answers));
        }
        out.flush();
        return allRead ? spec.exitCodeOnSuccess() : spec.exitCodeOnExecutionException();
    }

    private static String message(DataException e) {
        return String.valueOf(e.getMessage());
    }

    private List<Guess> guesses(Path image, Sequential model) throws IOException {
        float[] probabilities =
                Probabilities.of(model.predict(DigitImage.read(image))).array();
        if (Float.isNaN(probabilities[0])) {
            throw EvaluateCommand.diverged(run.path(), image.toString());
        }
        return IntStream.range(0, probabilities.length)
                .mapToObj(digit -> new Guess(digit, probabilities[digit]))
                .sorted(Comparator.comparingDouble(Guess::probability).reversed())
                .limit(SHOWN)
                .toList();
    }

    private static String line(List<Guess> guesses) {
        return guesses.stream()
                .map(guess -> String.format(Locale.ROOT, "%d (%.1f %%)", guess.digit(), 100 * guess.probability()))
                .collect(Collectors.joining("  "));
    }
}
