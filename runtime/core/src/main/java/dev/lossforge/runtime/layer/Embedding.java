package dev.lossforge.runtime.layer;

import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import java.util.List;

/**
 * A trained row of values for each index: indices {@code [length]}, given as whole floats from 0 to {@code vocabulary −
 * 1}, become {@code [length, dimensions]}. Weights {@code [vocabulary, dimensions]}. Any other value, NaN included, is
 * refused; the message names the sample. Indices have no gradient, so the layer must be at an input.
 *
 * <p>A vocabulary of more than 16 million entries is refused, because floats cannot distinguish its indices.
 */
public record Embedding(int vocabulary, int dimensions, Initializer initializer) implements Layer {
    /** Largest number up to which every whole number is a float. */
    private static final int LARGEST_VOCABULARY = 1 << 24;

    public Embedding {
        LayerSettings.requirePositive("Embedding", "a vocabulary", vocabulary);
        LayerSettings.requirePositive("Embedding", "a number of dimensions", dimensions);
        if (vocabulary > LARGEST_VOCABULARY) {
            throw new ShapeException("Embedding takes a vocabulary of at most " + LARGEST_VOCABULARY + ", but "
                    + vocabulary + " is given.");
        }
    }

    /** Glorot uniform rows. */
    public static Embedding of(int vocabulary, int dimensions) {
        return new Embedding(vocabulary, dimensions, Initializer.GLOROT_UNIFORM);
    }

    public Embedding withInitializer(Initializer initializer) {
        return new Embedding(vocabulary, dimensions, initializer);
    }

    @Override
    public String kind() {
        return "embedding";
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw new ShapeException(
                    "Embedding takes a row of indices per sample, but its input has the shape " + input + ".");
        }
        return Shape.of(input.extent(0), dimensions);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        return List.of(new ParameterSpec(ParameterSpec.Role.WEIGHTS, Shape.of(vocabulary, dimensions), initializer));
    }
}
