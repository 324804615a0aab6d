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
 * Builds a model that is not a plain chain of layers: with branches, joins, shared layers, several inputs or outputs. A
 * layer that does not fit is refused as soon as it is added; the message names the shapes.
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

    /** A layer that processes several values with the same parameters; see {@link Value#then(Shared)}. */
    public Shared shared(String name, Layer layer) {
        return new Shared(name, layer);
    }

    /** The values joined along their last axis; their other extents must be equal. */
    public Value concatenate(Value first, Value... others) {
        return first.join(Concatenate.of(), others);
    }

    /** Makes a value an output of the model. Losses find it by this name. */
    public ModelGraph output(String name, Value value) {
        nodes.output(name, numberOf(value));
        return this;
    }

    /** Determines the initial parameters, what dropout drops, and the order of the samples; 0 by default. */
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

    /** Only the layers of the model; see {@link #build}. */
    public Architecture architecture() {
        return nodes.build();
    }

    private int numberOf(Value value) {
        if (value.graph() != this) {
            throw new ConfigurationException("A value of another graph was given; take one of this graph.");
        }
        return value.number;
    }

    /** A layer with one set of parameters for all its uses. */
    public static final class Shared {
        private final String name;
        private final Layer layer;
        private @Nullable Value first;

        private Shared(String name, Layer layer) {
            if (layer.joins()) {
                throw new ConfigurationException("The layer '" + name
                        + "' joins several values and has no parameters to share; add another one.");
            }
            this.name = name;
            this.layer = layer;
        }
    }

    /** An input of the model, or the output of a layer. */
    public final class Value {
        private final int number;

        private Value(int number) {
            this.number = number;
        }

        private ModelGraph graph() {
            return ModelGraph.this;
        }

        /** The output of a layer for this value; the layer is named after its kind. */
        public Value then(Layer layer) {
            return new Value(nodes.add(layer, List.of(number)));
        }

        /** The output of a layer of this name for this value. */
        public Value then(String name, Layer layer) {
            return new Value(nodes.add(name, layer, List.of(number)));
        }

        /** The output of a shared layer for this value; the layer has the same parameters at all its uses. */
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
