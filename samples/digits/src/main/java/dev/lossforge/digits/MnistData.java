package dev.lossforge.digits;

/**
 * A training and a test set.
 *
 * @param origin the kind of data
 * @param description the source of the data, worded for a reader
 */
public record MnistData(DigitSet train, DigitSet test, Origin origin, String description) {
    /** The kind of data of a set; accuracies are comparable only within one kind. */
    public enum Origin {
        /** The MNIST database; every file has the published checksum. */
        PUBLISHED,
        /** Other data of the same form, from the user's folder. */
        OTHER,
        /** Drawn by {@link GeneratedDigits}. */
        GENERATED
    }

    /** The same with at most {@code limit} training images, the first ones. */
    public MnistData limitedTo(int limit) {
        return new MnistData(train.first(limit), test, origin, description);
    }
}
