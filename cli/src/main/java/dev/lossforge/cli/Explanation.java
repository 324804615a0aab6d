package dev.lossforge.cli;

import dev.lossforge.cli.catalogue.DocComment;
import dev.lossforge.cli.catalogue.LossDescription;
import dev.lossforge.cli.catalogue.LossDescription.Cost;
import dev.lossforge.cli.catalogue.LossDescription.Input;
import dev.lossforge.cli.catalogue.LossDescription.Part;
import dev.lossforge.cli.catalogue.LossDescription.Rewrite;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Help.Ansi;

/** The complete description of a loss, as text under headings. */
final class Explanation {
    private static final int WIDTH = 100;

    private final LossDescription loss;
    private final StringBuilder text = new StringBuilder();

    private Explanation(LossDescription loss) {
        this.loss = loss;
    }

    static String of(LossDescription loss) {
        Explanation explanation = new Explanation(loss);
        explanation.write();
        return explanation.text.toString().stripTrailing();
    }

    private void write() {
        text.append(Ansi.AUTO.string("@|bold " + loss.signature() + "|@")).append('\n');
        line("%s %s, %s".formatted(Words.lowerCase(loss.kind()), Words.scope(loss), loss.className()));
        DocComment.paragraphs(loss.comment()).forEach(paragraph -> {
            text.append('\n');
            wrapped(paragraph);
        });
        section("Inputs", loss.data().stream().map(Explanation::input).toList());
        section(
                "Hyperparameters",
                loss.parameters().stream().map(Words::parameter).toList());
        section("Formula, as written", loss.source().lines().toList());
        section("As mathematics", List.of(orTooLong(loss.formula())));
        section(
                "Stabilised",
                List.of(
                        loss.stable().equals(loss.formula()) && !loss.stable().isEmpty()
                                ? "the same"
                                : orTooLong(loss.stable())));
        section("Parts", loss.parts().stream().map(Explanation::part).toList());
        section("Rewrites", rewrites());
        section("Gradient", loss.gradient().isEmpty() ? List.of(orTooLong("")) : loss.gradient());
        if (loss.hessian()) {
            section("Diagonal of the Hessian", secondDerivatives());
        }
        section("Cost", cost());
        section("Kernel", loss.kernel().lines().toList());
    }

    private List<String> secondDerivatives() {
        return loss.diagonalHessian().isEmpty()
                ? List.of(orTooLong(""))
                : loss.diagonalHessian().stream()
                        .map(line -> line.replaceFirst("^∂", "∂²"))
                        .toList();
    }

    private void section(String title, List<String> lines) {
        if (!lines.isEmpty()) {
            text.append('\n').append(Ansi.AUTO.string("@|bold " + title + "|@")).append('\n');
            lines.forEach(this::line);
        }
    }

    private void line(String line) {
        text.append("  ").append(line).append('\n');
    }

    private void wrapped(String paragraph) {
        StringBuilder line = new StringBuilder();
        for (String word : paragraph.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                line(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        line(line.toString());
    }

    private static String input(Input input) {
        String bounds = Words.range(input.min(), input.max());
        return "%-12s %s, %s%s"
                .formatted(
                        input.name(),
                        input.javaType(),
                        Words.lowerCase(input.role()),
                        bounds.isEmpty() ? "" : ", " + bounds);
    }

    private static String part(Part part) {
        return part.name() + " = " + orTooLong(part.stable());
    }

    private static String orTooLong(String mathematics) {
        return mathematics.isEmpty() ? "too long to read; see the kernel below" : mathematics;
    }

    private List<String> rewrites() {
        return loss.rewrites().isEmpty()
                ? List.of("none")
                : loss.rewrites().stream().map(Explanation::rewrite).toList();
    }

    private static String rewrite(Rewrite rewrite) {
        String change = rewrite.original().isEmpty() || rewrite.replacement().isEmpty()
                ? ""
                : ": " + rewrite.original() + "  →  " + rewrite.replacement();
        return rewrite.rule() + " (" + assumption(rewrite.assumption()) + ")" + change;
    }

    private static String assumption(String assumption) {
        return switch (assumption) {
            case "exact" -> "always exact";
            case "limit" -> "assumes finite intermediate results, otherwise takes the limit";
            case "reassociates" -> "rounds in another order";
            default -> assumption;
        };
    }

    private List<String> cost() {
        String passes = loss.passes() == 1 ? "1 pass" : loss.passes() + " passes";
        return List.of(
                passes + " over the data of "
                        + (loss.scope() == LossDescription.Scope.BATCH ? "the batch" : "each " + Words.unit(loss)),
                "value: " + costs(loss.valueCost()),
                "value and derivatives: " + costs(loss.cost()));
    }

    private String costs(List<Cost> costs) {
        return costs.isEmpty() ? "no operation" : costs.stream().map(this::cost).collect(Collectors.joining("; "));
    }

    private String cost(Cost cost) {
        int total =
                cost.operations().values().stream().mapToInt(Integer::intValue).sum();
        String operations = cost.operations().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        String per = cost.over().isEmpty() ? Words.unit(loss) : "round of " + String.join(" · ", cost.over());
        return "%d operation%s per %s (%s)".formatted(total, total == 1 ? "" : "s", per, operations);
    }
}
