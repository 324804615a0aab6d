package dev.lossforge.processor.testing.random;

/**
 * A parameter of a random formula.
 *
 * @param declaration its annotation and type, such as {@code @Target int[]}
 */
public record Parameter(String declaration, String name) {

    boolean isPrediction() {
        return declaration.startsWith("@Prediction");
    }

    boolean isTrainable() {
        return declaration.contains("trainable");
    }

    boolean isWhole() {
        return declaration.contains(" int");
    }

    /** The number of array dimensions. */
    int rank() {
        return (int) declaration.chars().filter(c -> c == '[').count();
    }

    String java() {
        return declaration + " " + name;
    }
}
