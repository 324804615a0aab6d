package dev.lossforge.digits;

/**
 * A training and a test set.
 *
 * @param origin what kind of data they are
 * @param description where they come from, for a reader
 */
public record MnistData(DigitSet train, DigitSet test, Origin origin, String description) {
    /** What kind of data a set is; accuracies compare only within one kind. */
    public enum Origin {
        /** The MNIST database, every file's checksum as published. */
        PUBLISHED,
        /** Other data of the same form, from a folder of the user's. */
        OTHER,
        /** Drawn by {@link GeneratedDigits}. */
        GENERATED
    }

    /** The same with at most {@code limit} training images, the first ones. */
    public MnistData limitedTo(int limit) {
        return new MnistData(train.first(limit), test, origin, description);
    }
}
