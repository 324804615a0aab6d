package dev.lossforge.runtime.internal.model;

import dev.lossforge.runtime.internal.json.JsonException;
import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.layer.Activation;
import dev.lossforge.runtime.layer.Add;
import dev.lossforge.runtime.layer.AveragePool2D;
import dev.lossforge.runtime.layer.BatchNorm;
import dev.lossforge.runtime.layer.Concatenate;
import dev.lossforge.runtime.layer.Conv1D;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.ConvTranspose2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.Dropout;
import dev.lossforge.runtime.layer.Embedding;
import dev.lossforge.runtime.layer.Flatten;
import dev.lossforge.runtime.layer.GlobalAveragePool2D;
import dev.lossforge.runtime.layer.Gru;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.Layer.Initializer;
import dev.lossforge.runtime.layer.Layer.Padding;
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** A layer as a JSON object: its kind, and its settings under the names of its record's components. */
final class LayerJson {
    private static final String KIND = "kind";

    private LayerJson() {}

    static SequencedMap<String, JsonValue> write(Layer layer) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put(KIND, JsonValue.of(layer.kind()));
        switch (layer) {
            case Conv2D conv -> {
                put(json, "filters", conv.filters());
                put(json, "kernelHeight", conv.kernelHeight());
                put(json, "kernelWidth", conv.kernelWidth());
                put(json, "strideHeight", conv.strideHeight());
                put(json, "strideWidth", conv.strideWidth());
                json.put("padding", JsonValue.of(conv.padding().name()));
                putAffine(json, conv.activation(), conv.bias(), conv.initializer());
            }
            case Conv1D conv -> {
                put(json, "filters", conv.filters());
                put(json, "kernel", conv.kernel());
                put(json, "stride", conv.stride());
                json.put("padding", JsonValue.of(conv.padding().name()));
                putAffine(json, conv.activation(), conv.bias(), conv.initializer());
            }
            case ConvTranspose2D conv -> {
                put(json, "filters", conv.filters());
                put(json, "kernelHeight", conv.kernelHeight());
                put(json, "kernelWidth", conv.kernelWidth());
                put(json, "strideHeight", conv.strideHeight());
                put(json, "strideWidth", conv.strideWidth());
                put(json, "paddingHeight", conv.paddingHeight());
                put(json, "paddingWidth", conv.paddingWidth());
                put(json, "outputPaddingHeight", conv.outputPaddingHeight());
                put(json, "outputPaddingWidth", conv.outputPaddingWidth());
                putAffine(json, conv.activation(), conv.bias(), conv.initializer());
            }
            case Gru gru -> {
                put(json, "units", gru.units());
                json.put("lastState", JsonValue.of(gru.lastState()));
                json.put("initializer", JsonValue.of(gru.initializer().name()));
            }
            case Embedding embedding -> {
                put(json, "vocabulary", embedding.vocabulary());
                put(json, "dimensions", embedding.dimensions());
                json.put("initializer", JsonValue.of(embedding.initializer().name()));
            }
            case Dense dense -> {
                put(json, "units", dense.units());
                putAffine(json, dense.activation(), dense.bias(), dense.initializer());
            }
            case MaxPool2D pool -> {
                put(json, "height", pool.height());
                put(json, "width", pool.width());
                put(json, "strideHeight", pool.strideHeight());
                put(json, "strideWidth", pool.strideWidth());
            }
            case AveragePool2D pool -> {
                put(json, "height", pool.height());
                put(json, "width", pool.width());
                put(json, "strideHeight", pool.strideHeight());
                put(json, "strideWidth", pool.strideWidth());
            }
            case LayerNorm norm -> json.put("epsilon", JsonValue.of(norm.epsilon()));
            case BatchNorm norm -> {
                json.put("momentum", JsonValue.of(norm.momentum()));
                json.put("epsilon", JsonValue.of(norm.epsilon()));
            }
            case Pointwise pointwise ->
                json.put("activation", JsonValue.of(pointwise.activation().name()));
            case Dropout dropout -> json.put("rate", JsonValue.of(dropout.rate()));
            case Slice slice -> {
                put(json, "from", slice.from());
                put(json, "to", slice.to());
            }
            case GlobalAveragePool2D pool -> {}
            case Flatten flatten -> {}
            case ReLU relu -> {}
            case Softmax softmax -> {}
            case Add add -> {}
            case Concatenate concatenate -> {}
        }
        return json;
    }

    private static void put(SequencedMap<String, JsonValue> json, String name, int value) {
        json.put(name, JsonValue.of((long) value));
    }

    private static void putAffine(
            SequencedMap<String, JsonValue> json, Activation activation, boolean bias, Initializer initializer) {
        json.put("activation", JsonValue.of(activation.name()));
        json.put("bias", JsonValue.of(bias));
        json.put("initializer", JsonValue.of(initializer.name()));
    }

    /** @throws JsonException if a setting is missing, or the layer or one of its settings is unknown */
    static Layer read(JsonObject json) {
        String kind = json.get(KIND).asString();
        return switch (kind) {
            case "conv2d" ->
                new Conv2D(
                        json.get("filters").asInt(),
                        json.get("kernelHeight").asInt(),
                        json.get("kernelWidth").asInt(),
                        json.get("strideHeight").asInt(),
                        json.get("strideWidth").asInt(),
                        constant(Padding.class, json.get("padding")),
                        constant(Activation.class, json.get("activation")),
                        json.get("bias").asBoolean(),
                        constant(Initializer.class, json.get("initializer")));
            case "conv1d" ->
                new Conv1D(
                        json.get("filters").asInt(),
                        json.get("kernel").asInt(),
                        json.get("stride").asInt(),
                        constant(Padding.class, json.get("padding")),
                        constant(Activation.class, json.get("activation")),
                        json.get("bias").asBoolean(),
                        constant(Initializer.class, json.get("initializer")));
            case "convtranspose2d" ->
                new ConvTranspose2D(
                        json.get("filters").asInt(),
                        json.get("kernelHeight").asInt(),
                        json.get("kernelWidth").asInt(),
                        json.get("strideHeight").asInt(),
                        json.get("strideWidth").asInt(),
                        json.get("paddingHeight").asInt(),
                        json.get("paddingWidth").asInt(),
                        json.get("outputPaddingHeight").asInt(),
                        json.get("outputPaddingWidth").asInt(),
                        constant(Activation.class, json.get("activation")),
                        json.get("bias").asBoolean(),
                        constant(Initializer.class, json.get("initializer")));
            case "gru" ->
                new Gru(
                        json.get("units").asInt(),
                        json.get("lastState").asBoolean(),
                        constant(Initializer.class, json.get("initializer")));
            case "embedding" ->
                new Embedding(
                        json.get("vocabulary").asInt(),
                        json.get("dimensions").asInt(),
                        constant(Initializer.class, json.get("initializer")));
            case "dense" ->
                new Dense(
                        json.get("units").asInt(),
                        constant(Activation.class, json.get("activation")),
                        json.get("bias").asBoolean(),
                        constant(Initializer.class, json.get("initializer")));
            case "maxpool2d" ->
                new MaxPool2D(
                        json.get("height").asInt(),
                        json.get("width").asInt(),
                        json.get("strideHeight").asInt(),
                        json.get("strideWidth").asInt());
            case "averagepool2d" ->
                new AveragePool2D(
                        json.get("height").asInt(),
                        json.get("width").asInt(),
                        json.get("strideHeight").asInt(),
                        json.get("strideWidth").asInt());
            case "globalaveragepool2d" -> GlobalAveragePool2D.of();
            case "layernorm" -> new LayerNorm(json.get("epsilon").asDouble());
            case "batchnorm" ->
                new BatchNorm(
                        json.get("momentum").asDouble(), json.get("epsilon").asDouble());
            case "pointwise" -> Pointwise.of(constant(Activation.class, json.get("activation")));
            case "dropout" -> Dropout.of(json.get("rate").asDouble());
            case "slice" -> Slice.of(json.get("from").asInt(), json.get("to").asInt());
            case "flatten" -> Flatten.of();
            case "relu" -> ReLU.of();
            case "softmax" -> Softmax.of();
            case "add" -> Add.of();
            case "concatenate" -> Concatenate.of();
            default -> throw new JsonException("it has a layer of the unknown kind '" + kind + "'");
        };
    }

    private static <E extends Enum<E>> E constant(Class<E> type, JsonValue json) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(json.asString())) {
                return constant;
            }
        }
        throw new JsonException("it has the unknown " + type.getSimpleName() + " '" + json.asString() + "'");
    }
}
