package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.catalogue.DocComment;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge losses}: lists the available losses. */
@Command(
        name = "losses",
        description = "Lists the losses and regularizers, by family.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lossforge losses                          the whole catalogue",
            "  lossforge losses hinge                    those with 'hinge' in their name or description",
            "  lossforge losses --json                   for programs",
            "  lossforge losses --classpath target/classes   and your own",
        })
final class LossesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CatalogueOption catalogue;

    @Parameters(
            arity = "0..1",
            paramLabel = "WORD",
            description = "List only losses with this word in their name or description.")
    private @Nullable String word;

    @Option(names = "--json", description = "Print a JSON array; docs/command-line.md documents it.")
    private boolean json;

    @Override
    public void run() {
        List<LossDescription> losses =
                catalogue.catalogue().all().stream().filter(this::isWanted).toList();
        if (losses.isEmpty()) {
            throw new ArgumentException(
                    "No loss has '" + word + "' in its name or description; leave the word out to list all");
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.text(losses.stream().map(LossesCommand::summary).toList()));
        } else {
            families(losses).forEach((family, members) -> print(family, members, out));
            out.println(
                    "\n%d losses and regularizers; 'lossforge explain NAME' describes one.".formatted(losses.size()));
        }
        out.flush();
    }

    private boolean isWanted(LossDescription loss) {
        return word == null
                || (loss.name() + " " + loss.className() + " " + loss.comment())
                        .toLowerCase(Locale.ROOT)
                        .contains(word.toLowerCase(Locale.ROOT));
    }

    /** The losses, grouped by the class that declares them. */
    private static Map<String, List<LossDescription>> families(List<LossDescription> losses) {
        return losses.stream()
                .collect(Collectors.groupingBy(LossesCommand::family, LinkedHashMap::new, Collectors.toList()));
    }

    /** The class that declares a loss, in words: {@code RegressionLosses} are regression losses. */
    private static String family(LossDescription loss) {
        return loss.declaredIn().replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace('.', ' ');
    }

    private static void print(String family, List<LossDescription> losses, PrintWriter out) {
        String title = family.substring(0, 1) + family.substring(1).toLowerCase(Locale.ROOT);
        out.println();
        out.println(Ansi.AUTO.string("@|bold " + title + "|@"));
        for (LossDescription loss : losses) {
            out.println("  %-44s %-11s %s"
                    .formatted(loss.signature(), Words.scope(loss), loss.hessian() ? "Hessian" : "")
                    .stripTrailing());
            String summary = DocComment.summary(loss.comment());
            if (!summary.isEmpty()) {
                out.println("      " + summary);
            }
            loss.parameters().forEach(p -> out.println("      " + Words.parameter(p)));
        }
    }

    private static Map<String, Object> summary(LossDescription loss) {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("name", loss.name());
        summary.put("className", loss.className());
        summary.put("kind", Words.lowerCase(loss.kind()));
        summary.put("family", family(loss));
        summary.put("scope", Words.lowerCase(loss.scope()));
        summary.put("signature", loss.signature());
        summary.put(
                "predictions",
                loss.predictions().stream().map(LossesCommand::input).toList());
        summary.put("targets", loss.targets().stream().map(LossesCommand::input).toList());
        summary.put(
                "parameters",
                loss.parameters().stream().map(LossesCommand::input).toList());
        summary.put("hessian", loss.hessian());
        summary.put("summary", DocComment.summary(loss.comment()));
        return summary;
    }

    private static Map<String, Object> input(Input input) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", input.name());
        members.put("type", input.javaType());
        Json.putIfPresent(members, "default", input.defaultValue());
        Json.putIfPresent(members, "min", input.min());
        Json.putIfPresent(members, "max", input.max());
        if (input.trainable()) {
            members.put("trainable", true);
        }
        return members;
    }
}
