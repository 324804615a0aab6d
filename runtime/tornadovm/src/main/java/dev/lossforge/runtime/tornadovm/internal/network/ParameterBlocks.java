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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The positions of each layer's trained parameters and of the parts of their gradients. Parameters whose gradients one
 * task computes together are a block; layers have one or two.
 */
record ParameterBlocks(Map<LayerNode, List<GradientParts.Block>> blocks) {
    /** The number of an embedding's weights that is enough work for one group. */
    private static final int EMBEDDING_ROWS = 64;

    /** The parameters of a block, and the number of groups that one of its gradients keeps busy. */
    private record Extent(int size, int groups) {}

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
        Map<LayerNode, List<GradientParts.Block>> blocks = new IdentityHashMap<>();
        for (LayerNode node : architecture.nodes()) {
            if (!node.parameters().isEmpty()) {
                Parameter first = node.parameters().getFirst();
                int begin = Objects.requireNonNull(offsets.get(first));
                List<GradientParts.Block> own = new ArrayList<>();
                for (Extent extent : extents(node, capacity.largestGroup())) {
                    own.add(parts.add(
                            begin, extent.size(), extent.groups(), capacity.samples(), frozen.contains(first)));
                    begin += extent.size();
                }
                blocks.put(node, own);
            }
        }
        return new ParameterBlocks(blocks);
    }

    /** The first block of a layer. */
    GradientParts.Block of(LayerNode node) {
        return Objects.requireNonNull(blocks.get(node)).getFirst();
    }

    /** The second block of a layer. */
    GradientParts.Block second(LayerNode node) {
        return Objects.requireNonNull(blocks.get(node)).get(1);
    }

    private static List<Extent> extents(LayerNode node, int largestGroup) {
        int size = node.parameters().stream()
                .filter(Parameter::isTrained)
                .mapToInt(parameter -> parameter.shape().size())
                .sum();
        return switch (node.layer()) {
            case Conv2D conv ->
                products(convolution(node, conv.window(node.input()), conv.activation(), 0), largestGroup);
            case Conv1D conv ->
                products(convolution(node, conv.window(node.input()), conv.activation(), 0), largestGroup);
            case Dense dense -> products(convolution(node, pixel(node), dense.activation(), 0), largestGroup);
            case ConvTranspose2D conv -> {
                AffineShape reverse = transposed(node, conv, 0).reverse();
                yield concatenated(
                        products(reverse, largestGroup), List.of(new Extent(size - reverse.parameters(), 1)));
            }
            case Gru gru ->
                concatenated(
                        products(gates(node, 0), largestGroup),
                        products(GatedRecurrence.shape(node.input().extent(0), gru.units(), 0), largestGroup));
            case LayerNorm norm -> List.of(new Extent(size, 1));
            case BatchNorm norm -> List.of(new Extent(size, 1));
            case Embedding embedding -> List.of(new Extent(size, Math.ceilDiv(embedding.vocabulary(), EMBEDDING_ROWS)));
            case MaxPool2D pool -> throw unknownParameters(node);
            case Flatten flatten -> throw unknownParameters(node);
            case ReLU relu -> throw unknownParameters(node);
            case Softmax softmax -> throw unknownParameters(node);
            case Dropout dropout -> throw unknownParameters(node);
            case AveragePool2D average -> throw unknownParameters(node);
            case GlobalAveragePool2D average -> throw unknownParameters(node);
            case Pointwise pointwise -> throw unknownParameters(node);
            case Add add -> throw unknownParameters(node);
            case Concatenate concatenate -> throw unknownParameters(node);
            case Slice slice -> throw unknownParameters(node);
        };
    }

    private static List<Extent> products(AffineShape shape, int largestGroup) {
        return List.of(new Extent(shape.parameters(), Products.groupsOfGradient(shape, largestGroup)));
    }

    private static List<Extent> concatenated(List<Extent> first, List<Extent> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    static Window pixel(LayerNode node) {
        return AffineShape.pixel(node.input().size());
    }

    /** The sizes of a layer whose weights have an axis for the filters last. */
    static AffineShape convolution(LayerNode node, Window window, Activation activation, int offset) {
        boolean bias = node.parameters().stream().anyMatch(parameter -> !parameter.isWeights());
        return new AffineShape(window, node.output().lastExtent(), bias, activation == Activation.RELU, offset);
    }

    /** The sizes of a transposed convolution whose parameters start there. */
    static TransposedShape transposed(LayerNode node, ConvTranspose2D conv, int offset) {
        AffineShape reverse =
                new AffineShape(conv.window(node.input()), node.input().lastExtent(), false, false, offset);
        return new TransposedShape(reverse, conv.bias(), conv.activation() == Activation.RELU);
    }

    /** The products of a recurrent layer's inputs, as a convolution of one step. */
    static AffineShape gates(LayerNode node, int offset) {
        int filters = node.parameters().getFirst().shape().lastExtent();
        return new AffineShape(Conv1D.of(filters, 1).window(node.input()), filters, true, false, offset);
    }

    private static IllegalStateException unknownParameters(LayerNode node) {
        return new IllegalStateException("the layer " + node.name() + " has parameters "
                + node.parameters().stream().map(Parameter::name).toList());
    }
}
