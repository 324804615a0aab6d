package dev.lossforge.samples.s13_spark;

import dev.lossforge.digits.DataChoice;
import dev.lossforge.runtime.ConfigurationException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param master the address of a cluster; null for executors on this machine
 * @param limit the number of training images
 * @param batchSize the number of samples per step, over all workers
 */
record Choices(int workers, @Nullable String master, DataChoice data, int limit, int epochs, int batchSize) {
    private static final Set<String> NAMES =
            Set.of("--workers", "--master", "--data", "--limit", "--epochs", "--batch-size");

    static Choices parse(List<String> arguments) {
        Map<String, String> values = new LinkedHashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String[] parts = rest.next().split("=", 2);
            boolean known = NAMES.contains(parts[0]);
            if (!known || parts.length == 1 && !rest.hasNext()) {
                throw new ConfigurationException("The option " + parts[0]
                        + (known ? " lacks its value" : " does not exist for training on Spark")
                        + "; the options are "
                        + String.join(", ", NAMES.stream().sorted().toList())
                        + ", each with a value.");
            }
            values.put(parts[0], parts.length == 1 ? rest.next() : parts[1]);
        }
        return new Choices(
                number(values, "--workers", 2),
                values.get("--master"),
                DataChoice.parse(values.getOrDefault("--data", "auto")),
                number(values, "--limit", Integer.MAX_VALUE),
                number(values, "--epochs", 3),
                number(values, "--batch-size", 128));
    }

    private static int number(Map<String, String> values, String name, int otherwise) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw new ConfigurationException(
                    name + " takes a whole number of at least 1, but '" + text + "' is given.");
        }
        return Integer.parseInt(text);
    }
}
