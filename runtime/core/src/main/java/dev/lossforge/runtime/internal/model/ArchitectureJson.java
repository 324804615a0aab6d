package dev.lossforge.runtime.internal.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.GraphNodes;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.json.JsonException;
import dev.lossforge.runtime.internal.json.JsonReader;
import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.internal.json.JsonValue.JsonArray;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.internal.json.JsonWriter;
import dev.lossforge.runtime.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * An architecture as JSON. It lists the inputs by name with their shapes; the layers in order, each with its name, its
 * kind and settings, and the numbers of its input values; and the numbers of the outputs by name. Values are numbered
 * as in {@link LayerNode}. At a further place, a layer has the number of the value at its first place instead of its
 * name and settings.
 */
public final class ArchitectureJson {
    private static final String NAME = "name";
    private static final String OF = "of";
    private static final String SHARES = "shares";

    private ArchitectureJson() {}

    /** The JSON in one line. */
    public static String write(Architecture architecture) {
        SequencedMap<String, JsonValue> inputs = new LinkedHashMap<>();
        architecture.inputs().forEach((name, shape) -> inputs.put(name, numbers(shape.toArray())));
        SequencedMap<String, JsonValue> outputs = new LinkedHashMap<>();
        architecture.outputValues().forEach((name, value) -> outputs.put(name, JsonValue.of((long) value)));
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put("inputs", new JsonObject(inputs));
        json.put(
                "layers",
                new JsonArray(architecture.nodes().stream()
                        .map(node -> layer(node, architecture))
                        .toList()));
        json.put("outputs", new JsonObject(outputs));
        return JsonWriter.compact(new JsonObject(json));
    }

    private static JsonValue layer(LayerNode node, Architecture architecture) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        int slash = node.name().indexOf('/');
        if (slash < 0) {
            json.put(NAME, JsonValue.of(node.name()));
            json.putAll(LayerJson.write(node.layer()));
        } else {
            List<String> names =
                    architecture.nodes().stream().map(LayerNode::name).toList();
            int first = architecture.inputs().size() + names.indexOf(node.name().substring(0, slash));
            json.put(SHARES, JsonValue.of((long) first));
        }
        json.put(OF, numbers(node.sources().stream().mapToInt(Integer::intValue).toArray()));
        return new JsonObject(json);
    }

    private static JsonValue numbers(int[] numbers) {
        return new JsonArray(Arrays.stream(numbers)
                .mapToObj(number -> JsonValue.of((long) number))
                .toList());
    }

    /**
     * The architecture that this JSON describes.
     *
     * @throws JsonException if it describes none, or has a layer or a setting that is unknown to this version
     * @throws dev.lossforge.runtime.LossforgeException if its layers do not fit
     */
    public static Architecture read(String text) {
        JsonValue json = JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
        GraphNodes nodes = new GraphNodes();
        json.get("inputs").asObject().forEach((name, extents) -> nodes.input(name, Shape.of(extents(extents))));
        int values = json.get("inputs").asObject().size();
        for (JsonValue layer : json.get("layers").asArray()) {
            add(layer, values++, nodes);
        }
        int made = values;
        json.get("outputs").asObject().forEach((name, value) -> nodes.output(name, below(value, made)));
        return nodes.build();
    }

    private static void add(JsonValue json, int values, GraphNodes nodes) {
        List<Integer> sources = json.get(OF).asArray().stream()
                .map(source -> below(source, values))
                .toList();
        if (sources.isEmpty()) {
            throw new JsonException("it has a layer that nothing enters");
        }
        JsonValue shares = json.asObject().get(SHARES);
        if (shares != null) {
            nodes.addAgain(below(shares, values), sources.getFirst());
        } else if (json instanceof JsonObject layer) {
            nodes.add(json.get(NAME).asString(), LayerJson.read(layer), sources);
        }
    }

    /** The number of an existing value. */
    private static int below(JsonValue json, int values) {
        int value = json.asInt();
        if (value < 0 || value >= values) {
            throw new JsonException("it uses the value " + value + " before it is made");
        }
        return value;
    }

    private static int[] extents(JsonValue json) {
        return json.asArray().stream().mapToInt(JsonValue::asInt).toArray();
    }
}
