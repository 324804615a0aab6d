package dev.lossforge.benchmarks;

import dev.lossforge.runtime.backend.LayerNode;
import dev.lossforge.runtime.layer.Conv2D;
import dev.lossforge.runtime.layer.Dense;
import dev.lossforge.runtime.layer.MaxPool2D;
import dev.lossforge.runtime.layer.Window;
import dev.lossforge.runtime.tensor.Shape;
import java.util.List;

/**
 * The operations that the definition of a layer asks for, per sample, where a multiply-add is two: forward for all
 * results that a pooling behind it reads, backward for the one of each window that can have a gradient.
 */
record LayerWork(String name, double forward, double backward) {

    /** Of the layers with weights, in order. */
    static List<LayerWork> of(List<LayerNode> nodes) {
        return nodes.stream()
                .filter(node -> !node.parameters().isEmpty())
                .map(node -> of(node, nodes.subList(nodes.indexOf(node) + 1, nodes.size())))
                .toList();
    }

    private static LayerWork of(LayerNode node, List<LayerNode> behind) {
        return switch (node.layer()) {
            case Conv2D conv -> of(node, conv, behind);
            case Dense dense -> {
                double operations = 2.0 * node.input().size() * dense.units();
                yield new LayerWork(node.name(), operations, operations);
            }
            default -> throw new IllegalArgumentException("The layer '" + node.name() + "' is not known.");
        };
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
