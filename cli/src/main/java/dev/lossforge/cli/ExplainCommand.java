package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.LossCatalogue;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.cli.plot.CurvePicture;
import dev.lossforge.cli.plot.Landscape;
import dev.lossforge.cli.plot.Picture;
import dev.lossforge.cli.plot.PlotChoices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge explain}: shows a loss's formula, the code derived from it, and its plot. */
@Command(
        name = "explain",
        description = "Shows the formula of a loss, its stable form, its derivatives, their cost, and a plot.",
        footerHeading =
                "%nA loss per element is also plotted, with its gradient, to DIR/NAME.png and DIR/NAME.svg. A loss of two"
                        + " predictions, or of a row, is plotted over two numbers to DIR/NAME-landscape.png and"
                        + " .svg.%n%nExamples:%n",
        footer = {
            "  lossforge explain huber",
            "  lossforge explain binaryFocal --out docs/images",
            "  lossforge explain huber --range=-3,3 --param delta=0.5,1,2",
            "  lossforge explain MyLoss --classpath target/classes",
        })
final class ExplainCommand implements Callable<Integer> {
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
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "plots",
            description = "The folder for the pictures; 'plots' by default.")
    private Path out;

    @Mixin
    private CurveOptions curves = new CurveOptions();

    @Option(names = "--no-plot", description = "Do not plot.")
    private boolean withoutPlot;

    @Option(names = "--json", description = "Print a JSON object; docs/command-line.md documents it.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        LossCatalogue losses = catalogue.catalogue();
        LossDescription loss = losses.find(name);
        PlotChoices choices = curves.of(loss);
        List<Path> pictures = withoutPlot ? List.of() : draw(loss, new LossFactory(losses.loader()), choices);
        PrintWriter writer = spec.commandLine().getOut();
        if (json) {
            writer.println(Json.text(Map.of(
                    "description",
                    loss,
                    "pictures",
                    pictures.stream().map(Path::toString).toList())));
        } else {
            writer.println(Explanation.of(loss));
            if (!pictures.isEmpty()) {
                writer.println();
            }
            pictures.forEach(picture -> writer.println("drawn in " + picture));
        }
        writer.flush();
        return spec.exitCodeOnSuccess();
    }

    /** Draws the curves of a loss per element, and the landscape of a loss of two numbers. */
    private List<Path> draw(LossDescription loss, LossFactory factory, PlotChoices choices) throws IOException {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        if (CurvePicture.fits(loss)) {
            pictures.put(loss.name(), CurvePicture.of(loss, factory, choices).picture());
        }
        Optional<Landscape> landscape = Landscape.of(loss, factory, choices);
        if (landscape.isPresent()) {
            pictures.put(loss.name() + "-landscape", landscape.get().picture());
        }
        if (pictures.isEmpty()) {
            curves.requireNone(loss);
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (RunFolder folder = RunFolder.of(out)) {
            for (Map.Entry<String, Picture> picture : pictures.entrySet()) {
                folder.write(picture.getKey() + ".png", picture.getValue().png());
                folder.write(picture.getKey() + ".svg", picture.getValue().svg());
                files.add(out.resolve(picture.getKey() + ".png"));
                files.add(out.resolve(picture.getKey() + ".svg"));
            }
        }
        return files;
    }
}
