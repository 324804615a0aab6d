package dev.lossforge.benchmarks;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.internal.Window;
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
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The operations that the definition of a layer asks for, per sample, where a multiply-add is two: forward for all
 * results that a pooling behind it reads, backward for the one of each window that can have a gradient.
 */
record LayerWork(String name, double forward, double backward) {

    /** Of the layers with weights, in order. */
    static List<LayerWork> of(List<LayerNode> nodes) {
        return nodes.stream()
                .flatMap(node -> of(node, nodes.subList(nodes.indexOf(node) + 1, nodes.size())))
                .toList();
    }

    private static Stream<LayerWork> of(LayerNode node, List<LayerNode> behind) {
        return switch (node.layer()) {
            case Conv2D conv -> Stream.of(of(node, conv, behind));
            case Dense dense -> Stream.of(of(node, dense));
            case MaxPool2D pool -> Stream.empty();
            case Flatten flatten -> Stream.empty();
            case ReLU relu -> Stream.empty();
            case Softmax softmax -> Stream.empty();
            case Dropout dropout -> Stream.empty();
            case AveragePool2D average -> Stream.empty();
            case GlobalAveragePool2D average -> Stream.empty();
            case LayerNorm norm -> Stream.empty();
            case BatchNorm norm -> Stream.empty();
            case ConvTranspose2D conv -> Stream.empty();
            case Gru gru -> Stream.empty();
            case Pointwise pointwise -> Stream.empty();
            case Conv1D conv -> Stream.empty();
            case Embedding embedding -> Stream.empty();
            case Add add -> Stream.empty();
            case Concatenate concatenate -> Stream.empty();
            case Slice slice -> Stream.empty();
        };
    }

    private static LayerWork of(LayerNode node, Dense dense) {
        double operations = 2.0 * node.input().size() * dense.units();
        return new LayerWork(node.name(), operations, operations);
    }

    private static LayerWork of(LayerNode node, Conv2D conv, List<LayerNode> behind) {
        Window kernel = conv.window(node.input());
        double patch = 2.0 * kernel.kernelHeight() * kernel.kernelWidth() * kernel.channels();
        double forward = node.output().size() * patch;
        if (!behind.isEmpty() && behind.getFirst().layer() instanceof MaxPool2D pool) {
            Shape pooled = behind.getFirst().output();
            return new LayerWork(
                    node.name(), pooled.size() * pool.height() * pool.width() * patch, pooled.size() * patch);
        }
        return new LayerWork(node.name(), forward, forward);
    }
}
