package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The table that describes a model: one line per layer with its output shape and number of parameters. */
final class Summary {
    private Summary() {}

    private record Row(String layer, String output, String parameters) {}

    static String of(Architecture architecture) {
        List<Row> rows = new ArrayList<>();
        rows.add(new Row("Layer", "Output shape", "Parameters"));
        List<String> values = new ArrayList<>(architecture.inputs().keySet());
        architecture.inputs().forEach((name, shape) -> rows.add(new Row(name, shape.toString(), "")));
        Set<Parameter> counted = new HashSet<>();
        for (LayerNode node : architecture.nodes()) {
            String from = architecture.isChain()
                    ? ""
                    : node.sources().stream().map(values::get).collect(Collectors.joining(", ", " of ", ""));
            rows.add(row(node, from, counted));
            values.add(node.name());
        }
        Row total = new Row("total", "", grouped(architecture.parameterCount()));
        return table(rows, total);
    }

    /** A shared layer has its parameters at its first place. */
    private static Row row(LayerNode node, String from, Set<Parameter> counted) {
        long parameters = node.parameters().stream()
                .filter(parameter -> parameter.isTrained() && counted.add(parameter))
                .mapToLong(parameter -> parameter.shape().size())
                .sum();
        String kind = node.layer().getClass().getSimpleName();
        return new Row(node.name() + " (" + kind + ")" + from, node.output().toString(), grouped(parameters));
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String table(List<Row> rows, Row total) {
        List<Row> all = new ArrayList<>(rows);
        all.add(total);
        int layer = all.stream().mapToInt(row -> row.layer.length()).max().orElseThrow();
        int output = all.stream().mapToInt(row -> row.output.length()).max().orElseThrow();
        int parameters =
                all.stream().mapToInt(row -> row.parameters.length()).max().orElseThrow();
        String format = "%-" + layer + "s  %-" + output + "s  %" + parameters + "s";
        String rule = "-".repeat(layer + output + parameters + 4) + System.lineSeparator();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            if (i == 1 || i == all.size() - 1) {
                text.append(rule);
            }
            Row row = all.get(i);
            String line = String.format(Locale.ROOT, format, row.layer, row.output, row.parameters);
            text.append(line.stripTrailing()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
