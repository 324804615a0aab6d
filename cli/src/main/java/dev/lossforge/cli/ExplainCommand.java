package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.LossCatalogue;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossFactory;
import dev.lossforge.cli.plot.CurvePicture;
import dev.lossforge.cli.plot.PlotChoices;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
                "%nA loss per element is also plotted, with its gradient, to DIR/NAME.png and DIR/NAME.svg.%n%nExamples:%n",
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
        if (!curves.isEmpty() && !CurvePicture.fits(loss)) {
            throw new ArgumentException(loss.signature() + " is not a loss per element, so it has no curves; leave out"
                    + " --range and --param.");
        }
        PlotChoices choices = curves.of(loss);
        List<Path> pictures =
                !withoutPlot && CurvePicture.fits(loss) ? draw(loss, losses.loader(), choices) : List.of();
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

    private List<Path> draw(LossDescription loss, ClassLoader loader, PlotChoices choices) throws IOException {
        CurvePicture picture = CurvePicture.of(loss, new LossFactory(loader), choices);
        String png = loss.name() + ".png";
        String svg = loss.name() + ".svg";
        try (RunFolder folder = RunFolder.of(out)) {
            folder.write(png, picture.png());
            folder.write(svg, picture.svg());
        }
        return List.of(out.resolve(png), out.resolve(svg));
    }
}
