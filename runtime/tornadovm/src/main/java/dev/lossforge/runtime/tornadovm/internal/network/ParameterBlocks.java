package dev.lossforge.runtime.tornadovm.internal.network;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.internal.Window;
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
import dev.lossforge.runtime.layer.LayerNorm;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Pointwise;
import dev.lossforge.runtime.layer.ReLU;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.layer.Softmax;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The positions of each layer's parameters and of the parts of their gradients. */
record ParameterBlocks(Map<LayerNode, GradientParts.Block> blocks) {
    /** The number of an embedding's weights that is enough work for one group. */
    private static final int EMBEDDING_ROWS = 64;

    /**
     * Reserves room for the gradients of all layers that are not frozen. A shared layer has room at each of its places.
     */
    static ParameterBlocks of(
            Architecture architecture, Set<String> frozenLayers, Affine.Capacity capacity, GradientParts parts) {
        Map<Parameter, Integer> offsets = new HashMap<>();
        int offset = 0;
        for (Parameter parameter : architecture.parameters()) {
            offsets.put(parameter, offset);
            offset += parameter.shape().size();
        }
        Set<Parameter> frozen = Set.copyOf(architecture.parametersOf(frozenLayers));
        Map<LayerNode, GradientParts.Block> blocks = new IdentityHashMap<>();
        for (LayerNode node : architecture.nodes()) {
            if (!node.parameters().isEmpty()) {
                Parameter first = node.parameters().getFirst();
                int begin = Objects.requireNonNull(offsets.get(first));
                int size = node.parameters().stream()
                        .mapToInt(parameter -> parameter.shape().size())
                        .sum();
                int groups = groupsOfGradient(node, begin, capacity.largestGroup());
                blocks.put(node, parts.add(begin, size, groups, capacity.samples(), frozen.contains(first)));
            }
        }
        return new ParameterBlocks(blocks);
    }

    GradientParts.Block of(LayerNode node) {
        GradientParts.Block block = blocks.get(node);
        if (block == null) {
            throw unknownParameters(node);
        }
        return block;
    }

    private static int groupsOfGradient(LayerNode node, int offset, int largestGroup) {
        return switch (node.layer()) {
            case Conv2D conv ->
                Affine.groupsOfGradient(
                        convolution(node, conv.window(node.input()), conv.activation(), offset), largestGroup);
            case Conv1D conv ->
                Affine.groupsOfGradient(
                        convolution(node, conv.window(node.input()), conv.activation(), offset), largestGroup);
            case Dense dense ->
                Affine.groupsOfGradient(convolution(node, pixel(node), dense.activation(), offset), largestGroup);
            case LayerNorm norm -> 1;
            case Embedding embedding -> Math.ceilDiv(embedding.vocabulary(), EMBEDDING_ROWS);
            case MaxPool2D pool -> throw unknownParameters(node);
            case Flatten flatten -> throw unknownParameters(node);
            case ReLU relu -> throw unknownParameters(node);
            case Softmax softmax -> throw unknownParameters(node);
            case Dropout dropout -> throw unknownParameters(node);
            case AveragePool2D average -> throw unknownParameters(node);
            case GlobalAveragePool2D average -> throw unknownParameters(node);
            case BatchNorm norm -> throw DeviceLayers.unsupported(node);
            case ConvTranspose2D conv -> throw DeviceLayers.unsupported(node);
            case Gru gru -> throw DeviceLayers.unsupported(node);
            case Pointwise pointwise -> throw unknownParameters(node);
            case Add add -> throw unknownParameters(node);
            case Concatenate concatenate -> throw unknownParameters(node);
            case Slice slice -> throw unknownParameters(node);
        };
    }

    static Window pixel(LayerNode node) {
        return AffineShape.pixel(node.input().size());
    }

    /** The sizes of a layer whose weights have an axis for the filters last. */
    static AffineShape convolution(LayerNode node, Window window, Activation activation, int offset) {
        boolean bias = node.parameters().stream().anyMatch(parameter -> !parameter.isWeights());
        return new AffineShape(window, node.output().lastExtent(), bias, activation == Activation.RELU, offset);
    }

    private static IllegalStateException unknownParameters(LayerNode node) {
        return new IllegalStateException("the layer " + node.name() + " has parameters "
                + node.parameters().stream().map(Parameter::name).toList());
    }
}
