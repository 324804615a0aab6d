package dev.lossforge.benchmarks.gpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts the results of a run together: a table on standard output, and {@code results.json}. Argument: the folder of
 * results.
 */
public final class Summary {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String OURS = "Lossforge";

    private final Path folder;

    private Summary(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException {
        Summary summary = new Summary(Path.of(arguments[0]));
        System.out.print(table(summary.measurements()));
        System.out.print(summary.tests());
        JSON.writerWithDefaultPrettyPrinter()
                .writeValue(summary.folder.resolve("results.json").toFile(), summary.all());
    }

    private List<Measurement> measurements() throws IOException {
        List<Measurement> measurements = new ArrayList<>();
        for (JsonNode line : lines("losses")) {
            measurements.add(JSON.treeToValue(line, Measurement.class));
        }
        for (JsonNode line : lines("steps")) {
            measurements.add(JSON.treeToValue(line, Measurement.class));
        }
        return measurements;
    }

    /**
     * One line for each measurement, those of a subject together: its rate, its share of the best copy of as many
     * bytes, and how many times as long as the kernels of Lossforge it took.
     */
    static String table(List<Measurement> measurements) {
        Map<String, List<Measurement>> subjects = new LinkedHashMap<>();
        measurements.forEach(m ->
                subjects.computeIfAbsent(m.subject(), s -> new ArrayList<>()).add(m));
        StringBuilder table = new StringBuilder();
        subjects.forEach((subject, forms) -> {
            table.append(subject).append('\n');
            Optional<Measurement> ours =
                    forms.stream().filter(m -> m.form().equals(OURS)).findFirst();
            for (Measurement m : forms) {
                String ofCopy = Optional.ofNullable(subjects.get(m.copy())).stream()
                        .flatMap(List::stream)
                        .mapToDouble(Measurement::rate)
                        .max()
                        .stream()
                        .mapToObj(best -> " %5.1f %% of copy".formatted(100 * m.rate() / best))
                        .findFirst()
                        .orElse("");
                String ratio = ours.filter(o -> o != m)
                        .map(o -> "  %.2f x as long".formatted(m.milliseconds() / o.milliseconds()))
                        .orElse("");
                table.append("  %-26s %10.4f ms %s%s%s%n"
                        .formatted(m.form(), m.milliseconds(), m.rateInWords(), ofCopy, ratio));
            }
        });
        return table.toString();
    }

    private String tests() throws IOException {
        Map<String, int[]> classes = new LinkedHashMap<>();
        StringBuilder failures = new StringBuilder();
        for (JsonNode line : lines("tests")) {
            TestRun.Outcome test = JSON.treeToValue(line, TestRun.Outcome.class);
            int[] counts = classes.computeIfAbsent(test.testClass(), c -> new int[2]);
            boolean passed = test.outcome().equals("SUCCESSFUL");
            counts[passed ? 0 : 1]++;
            if (!passed) {
                failures.append("  ").append(test).append('\n');
            }
        }
        StringBuilder text = new StringBuilder();
        classes.forEach(
                (name, counts) -> text.append("%s: %d passed, %d failed%n".formatted(name, counts[0], counts[1])));
        return text.append(failures).toString();
    }

    private ObjectNode all() throws IOException {
        ObjectNode all = JSON.createObjectNode();
        ArrayNode machine = all.putArray("machine");
        Path description = folder.resolve("machine.txt");
        if (Files.exists(description)) {
            Files.readAllLines(description).forEach(machine::add);
        }
        all.putArray("parts").addAll(lines("parts"));
        all.putPOJO("measurements", measurements());
        all.putArray("tests").addAll(lines("tests"));
        put(all, "devices", folder.resolve("devices.json"));
        put(all, "training", folder.resolve("training").resolve("history.json"));
        return all;
    }

    /** A part that was ended leaves no file, or an empty one. */
    private static void put(ObjectNode all, String name, Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            read(Files.readString(file), file).ifPresent(value -> all.set(name, value));
        }
    }

    /** What is written while a program is ended may be a half. */
    private static Optional<JsonNode> read(String text, Path file) {
        try {
            return Optional.of(JSON.readTree(text));
        } catch (JacksonException e) {
            System.out.println(file.getFileName() + " holds something that is not JSON: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /** The objects of all files that begin so; the shortest name, that of Lossforge's own, comes first. */
    private List<JsonNode> lines(String beginning) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> chosen = files.filter(f -> f.getFileName().toString().matches(beginning + "[^.]*\\.jsonl"))
                    .sorted(Comparator.comparingInt((Path f) -> f.toString().length())
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
            for (Path file : chosen) {
                for (String line : Files.readAllLines(file)) {
                    read(line, file).ifPresent(objects::add);
                }
            }
        }
        return objects;
    }
}
