package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.run.StoredRun;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.model.Model;
import dev.lossforge.runtime.model.Models;
import dev.lossforge.runtime.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge export}. */
@Command(
        name = "export",
        description = {
            "Writes a network in a format for other systems.",
            "",
            "The network is that of a run, or of a file that Model.save has written. In an ONNX file, its inputs and"
                    + " outputs keep their names and their layout: any number of samples first, and for images the"
                    + " channels last. The network for digits takes pixels from 0 to 1 with bright ink, and returns"
                    + " logits. A softmax turns them into probabilities.",
            "",
            "For example: lossforge export runs/20260131-120000 --onnx digits.onnx"
        },
        footer = {"", "Exit codes: 0 done; 1 the network cannot be used, or the file not written; 2 wrong usage."})
final class ExportCommand implements Callable<Integer> {
    private static final String ENDING = ".onnx";

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "RUN|FILE",
            description = "The folder of the run, as in runs/20260131-120000, or the file of a model.")
    private Path source;

    @Option(
            names = "--onnx",
            required = true,
            paramLabel = "FILE",
            description = "The ONNX file to write, as in digits.onnx; one that Lossforge wrote is replaced.")
    private Path onnx;

    @Override
    public Integer call() throws IOException {
        if (!onnx.toString().endsWith(ENDING)) {
            throw new ArgumentException("--onnx takes the name of a file that ends in " + ENDING + ", but '" + onnx
                    + "' is given; choose a name that ends so");
        }
        if (Files.exists(onnx) && !Signature.isIn(onnx)) {
            throw new ConfigurationException(onnx
                    + " was not written by Lossforge and was not changed; move it, or give another name to --onnx.");
        }
        Screen screen = Screen.of(spec);
        try (Model model = model(screen)) {
            Models.exportOnnx(model, onnx);
            screen.result("%s: %s; %s."
                    .formatted(
                            onnx,
                            described("input", model.architecture().inputs()),
                            described("output", model.architecture().outputs())));
        }
        return spec.exitCodeOnSuccess();
    }

    private Model model(Screen screen) throws IOException {
        return Files.isRegularFile(source)
                ? Models.load(source)
                : StoredRun.at(source).model(screen::warn);
    }

    private static String described(String what, Map<String, Shape> values) {
        String listed = values.entrySet().stream()
                .map(value -> "'" + value.getKey() + "' " + withBatch(value.getValue()))
                .collect(Collectors.joining(", "));
        return (values.size() == 1 ? what : what + "s") + " " + listed;
    }

    private static String withBatch(Shape sample) {
        return Stream.concat(Stream.of("batch"), Arrays.stream(sample.toArray()).mapToObj(Integer::toString))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
