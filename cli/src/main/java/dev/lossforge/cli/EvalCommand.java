package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.LossCatalogue;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.runtime.loss.Reduction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge eval}: computes a loss on numbers from the command line. */
@Command(
        name = "eval",
        description =
                "Computes a loss, its gradients and, if declared, the diagonal of its Hessian on numbers that you pass.",
        footerHeading =
                "%nNumbers are JSON: 0.5, [1, 2], [[1, 2], [3, 4]]; nested arrays define the shape. NaN, Infinity and"
                        + " -Infinity are also numbers.%nInstead of JSON, @FILE reads a file and - reads standard input."
                        + "%n%nExamples:%n",
        footer = {
            "  lossforge eval huber --prediction '[0.2, 3]' --target '[0, 0]' --param delta=2",
            "  lossforge eval softmaxCrossEntropy --prediction '[[2, 1, 0], [0, 3, 1]]' --target '[0, 2]' --json",
            "  lossforge eval hingeDiscriminator --prediction real='[0.5]' --prediction fake='[-2]' --reduction sum",
            "  lossforge eval l2 --weight '[0.5, -1]'",
        })
final class EvalCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOption catalogue;

    @Parameters(
            paramLabel = "NAME",
            completionCandidates = LossNames.class,
            description = "The loss: huber, HuberLoss, or the class with its package.")
    private String name;

    @Option(
            names = {"--prediction", "--predictions"},
            paramLabel = "[NAME=]JSON",
            description = "A prediction, by name if there are several; without names, in order.")
    private List<String> predictions = new ArrayList<>();

    @Option(
            names = {"--target", "--targets"},
            paramLabel = "[NAME=]JSON",
            description = "A target, likewise.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = {"--weights", "--weight"},
            paramLabel = "JSON",
            description = "The weights of the samples (or elements); for a regularizer, the weights that it penalizes.")
    private List<String> weights = new ArrayList<>();

    @Option(
            names = "--mask",
            paramLabel = "JSON",
            description =
                    "Which samples (or elements) count: true or 1, false or 0. Others are ignored, also in the divisor of"
                            + " a mean.")
    private @Nullable String mask;

    @Option(names = "--ignore-index", paramLabel = "N", description = "Samples whose class index is N do not count.")
    private @Nullable Integer ignoreIndex;

    @Option(
            names = {"--param", "--params"},
            paramLabel = "NAME=VALUE",
            description = "A hyperparameter, a number or a JSON array. If omitted, its default is used.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--reduction",
            paramLabel = "R",
            defaultValue = "mean",
            converter = ReductionConverter.class,
            description = "How to reduce the losses: none, sum, mean (the default) or weighted-mean.")
    private Reduction reduction;

    @Option(names = "--json", description = "Print a JSON object; docs/command-line.md documents it.")
    private boolean json;

    @Override
    public void run() {
        LossCatalogue losses = catalogue.catalogue();
        LossDescription loss = losses.find(name);
        Map<String, Object> report = new LossReport(losses.loader(), loss, reduction)
                .of(new EvalArguments(
                        predictions,
                        targets,
                        weights,
                        Optional.ofNullable(mask),
                        Optional.ofNullable(ignoreIndex),
                        parameters));
        PrintWriter out = spec.commandLine().getOut();
        out.println(json ? Json.text(report) : LossReport.text(report));
        out.flush();
    }
}
