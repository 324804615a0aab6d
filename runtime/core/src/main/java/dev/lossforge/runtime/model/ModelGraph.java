package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.GraphNodes;
import dev.lossforge.runtime.layer.Add;
import dev.lossforge.runtime.layer.Concatenate;
import dev.lossforge.runtime.layer.Layer;
import dev.lossforge.runtime.layer.Slice;
import dev.lossforge.runtime.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a model whose layers do not just follow one another: with branches, joins, shared layers, several inputs or
 * outputs. Whatever does not fit is refused as it is added, with the shapes.
 *
 * <pre>{@code
 * ModelGraph graph = Model.graph();
 * ModelGraph.Value image = graph.input("image", 28, 28, 1);
 * ModelGraph.Value features = image.then(Conv2D.of(16, 3, Activation.RELU)).then(Flatten.of());
 * ModelGraph.Value hidden = features.then(Dense.of(64, Activation.RELU));
 * ModelGraph.Value deeper = hidden.then(Dense.of(64, Activation.RELU)).plus(hidden);
 * Model model = graph
 *     .output("digit", deeper.then(Dense.of(10)))
 *     .output("angle", deeper.then(Dense.of(1)))
 *     .seed(1)
 *     .build();
 * }</pre>
 */
public final class ModelGraph {
    private final GraphNodes nodes = new GraphNodes();
    private long seed;

    ModelGraph() {}

    /** An input of the model, with the shape of one sample: {@code input("image", 28, 28, 1)}. */
    public Value input(String name, int... extents) {
        return new Value(nodes.input(name, Shape.of(extents)));
    }

    /** A layer that several values go through with the same parameters; see {@link Value#then(Shared)}. */
    public Shared shared(String name, Layer layer) {
        return new Shared(name, layer);
    }

    /** Values side by side along their last axis; their other extents are equal. */
    public Value concatenate(Value first, Value... others) {
        return first.join(Concatenate.of(), others);
    }

    /** Makes a value an output of the model under this name, by which losses find it. */
    public ModelGraph output(String name, Value value) {
        nodes.output(name, numberOf(value));
        return this;
    }

    /** Determines the initial parameters, what dropout drops, and the order of the samples; 0 if not given. */
    public ModelGraph seed(long seed) {
        this.seed = seed;
        return this;
    }

    /**
     * The model.
     *
     * @throws ConfigurationException if it has no layer or no output, or if something leads to no output
     */
    public Model build() {
        return new Model(architecture(), seed);
    }

    /** The layers of the model alone; see {@link #build}. */
    public Architecture architecture() {
        return nodes.build();
    }

    private int numberOf(Value value) {
        if (value.graph() != this) {
            throw new ConfigurationException("A value of another graph was given; take one of this graph.");
        }
        return value.number;
    }

    /** A layer with one set of parameters for all its places. */
    public static final class Shared {
        private final String name;
        private final Layer layer;
        private @Nullable Value first;

        private Shared(String name, Layer layer) {
            if (layer.joins()) {
                throw new ConfigurationException(
                        "The layer '" + name + "' joins several values and has no parameters to share; add it anew.");
            }
            this.name = name;
            this.layer = layer;
        }
    }

    /** What an input holds, or a layer makes, of each sample. */
    public final class Value {
        private final int number;

        private Value(int number) {
            this.number = number;
        }

        private ModelGraph graph() {
            return ModelGraph.this;
        }

        /** What a layer makes of it; the layer is named after its kind. */
        public Value then(Layer layer) {
            return new Value(nodes.add(layer, List.of(number)));
        }

        /** What a layer of this name makes of it. */
        public Value then(String name, Layer layer) {
            return new Value(nodes.add(name, layer, List.of(number)));
        }

        /** What a shared layer makes of it, with the parameters that it has at all its places. */
        public Value then(Shared shared) {
            if (shared.first == null) {
                shared.first = then(shared.name, shared.layer);
                return shared.first;
            }
            return new Value(nodes.addAgain(numberOf(shared.first), number));
        }

        /** The sum with values of the same shape. */
        public Value plus(Value... others) {
            return join(Add.of(), others);
        }

        /** The entries {@code from} to {@code to - 1} along the last axis. */
        public Value slice(int from, int to) {
            return then(Slice.of(from, to));
        }

        private Value join(Layer layer, Value... others) {
            List<Integer> sources = new ArrayList<>();
            sources.add(number);
            for (Value other : others) {
                sources.add(numberOf(other));
            }
            return new Value(nodes.add(layer, sources));
        }
    }
}
