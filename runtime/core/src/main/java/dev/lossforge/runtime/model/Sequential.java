package dev.lossforge.runtime.model;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.layer.Layer;

/**
 * A model whose layers form a chain, from one input to one output, or to several outputs that are parts of the last
 * layer's output. {@link Model} documents its methods.
 */
public final class Sequential extends Model {

    private Sequential(Architecture architecture, long seed) {
        super(architecture, seed);
    }

    public static InputStep builder() {
        return extents -> new Builder(Architecture.input(extents));
    }

    /** The first step of building a model. */
    @FunctionalInterface
    public interface InputStep {

        /** The shape of one sample: {@code input(28, 28, 1)} for images of 28 by 28 pixels with one channel. */
        Builder input(int... extents);
    }

    /** Collects the layers of a model; a layer that does not fit the previous one is refused at once. */
    public static final class Builder {
        private final Architecture.Builder layers;
        private long seed;

        private Builder(Architecture.Builder layers) {
            this.layers = layers;
        }

        /** Adds a layer named after its kind: {@code dense}, the next one {@code dense_1}. */
        public Builder add(Layer layer) {
            layers.add(layer);
            return this;
        }

        /** Adds a layer under a name that no other layer of the model has. */
        public Builder add(String name, Layer layer) {
            layers.add(name, layer);
            return this;
        }

        /**
         * Splits the last layer's last axis into equal parts, which become outputs, in order. After
         * {@code Dense.of(2)}, {@code split("mean", "logVariance")} makes two outputs of shape {@code [1]} for a loss
         * with predictions of these names.
         */
        public Builder split(String... outputs) {
            layers.split(outputs);
            return this;
        }

        /** Determines the initial parameters, what dropout drops, and the order of the samples; 0 by default. */
        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Sequential build() {
            return new Sequential(layers.build(), seed);
        }
    }
}
