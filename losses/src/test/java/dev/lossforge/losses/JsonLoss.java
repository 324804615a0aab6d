package dev.lossforge.losses;

import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A loss of the catalogue and its inputs as a test resource describes them: by name, as nested arrays. */
record JsonLoss(LossFunction loss, LossInputs inputs) {

    /** Of an object with {@code loss}, {@code params}, {@code inputs} and perhaps {@code weights}. */
    static JsonLoss of(JsonNode entry) {
        LossFunction loss = create(entry.get("loss").asString(), entry.get("params"));
        LossInputs inputs = null;
        for (LossSignature.Input input : loss.signature().dataInputs()) {
            Data data = data(entry.get("inputs").get(input.name()), input.type());
            inputs = inputs == null ? LossInputs.named(input.name(), data) : inputs.and(input.name(), data);
        }
        if (inputs == null) {
            throw new IllegalArgumentException("no inputs: " + entry);
        }
        JsonNode weights = entry.get("weights");
        return new JsonLoss(loss, weights == null ? inputs : inputs.withWeights(floats(weights)));
    }

    private static LossFunction create(String name, JsonNode params) {
        String title = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        String className = title.endsWith("Loss") ? title : title + "Loss";
        try {
            Class<?> type = Class.forName("dev.lossforge.losses." + className);
            Constructor<?> full = Arrays.stream(type.getConstructors())
                    .max(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow();
            List<Object> arguments = new ArrayList<>();
            for (JsonNode param : params) {
                Class<?> wanted = full.getParameterTypes()[arguments.size()];
                arguments.add(
                        wanted == int.class
                                ? (Object) param.asInt()
                                : wanted == float.class ? (Object) (float) param.asDouble() : entries(param));
            }
            return (LossFunction) full.newInstance(arguments.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(name + params, e);
        }
    }

    private static Data data(JsonNode node, LossSignature.Input.Type type) {
        if (type == LossSignature.Input.Type.FLOAT) {
            return floats(node);
        }
        float[] entries = entries(node);
        int[] labels = new int[entries.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) entries[i];
        }
        return IntTensor.over(labels, shape(node));
    }

    private static Tensor floats(JsonNode node) {
        return Tensor.over(entries(node), shape(node));
    }

    private static Shape shape(JsonNode node) {
        List<Integer> extents = new ArrayList<>();
        for (JsonNode at = node; at.isArray(); at = at.get(0)) {
            extents.add(at.size());
        }
        return Shape.of(extents.stream().mapToInt(Integer::intValue).toArray());
    }

    private static float[] entries(JsonNode node) {
        double[] numbers = numbers(node);
        float[] entries = new float[numbers.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = (float) numbers[i];
        }
        return entries;
    }

    /** All numbers of nested arrays; infinities are strings. */
    static double[] numbers(JsonNode node) {
        if (!node.isArray()) {
            return new double[] {node.isString() ? Double.parseDouble(node.asString()) : node.asDouble()};
        }
        List<Double> all = new ArrayList<>();
        for (JsonNode entry : node) {
            for (double number : numbers(entry)) {
                all.add(number);
            }
        }
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
