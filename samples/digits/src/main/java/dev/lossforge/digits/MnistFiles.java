package dev.lossforge.digits;

import dev.lossforge.runtime.data.DataException;
import java.util.EnumMap;
import java.util.Map;

/** The four files, and the check that they belong together. */
final class MnistFiles {
    private record Read(String name, IdxArray array) {}

    private final Map<MnistFile, Read> files = new EnumMap<>(MnistFile.class);

    /** Adds a file; {@code name} is its name in messages. */
    void add(MnistFile file, String name, IdxArray array) {
        files.put(file, new Read(name, array));
    }

    /** Whether every checksum is the published one. */
    boolean published() {
        return files.entrySet().stream()
                .allMatch(e -> e.getKey().sha256().equals(e.getValue().array().sha256()));
    }

    DigitSet train() {
        return join(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS);
    }

    DigitSet test() {
        return join(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS);
    }

    private DigitSet join(MnistFile imagesFile, MnistFile labelsFile) {
        Read images = get(imagesFile);
        Read labels = get(labelsFile);
        checkSize(images);
        checkCounts(images, labels);
        checkClasses(labels);
        return new DigitSet(images.array().values(), labels.array().values());
    }

    private Read get(MnistFile file) {
        Read read = files.get(file);
        if (read == null) {
            throw new IllegalStateException(file + " was not read");
        }
        return read;
    }

    private static void checkSize(Read images) {
        int rows = images.array().extents().get(1);
        int columns = images.array().extents().get(2);
        if (rows != DigitSet.SIZE || columns != DigitSet.SIZE) {
            throw new DataException("%s holds images of %d×%d where the network takes %d×%d; scale them first."
                    .formatted(images.name(), rows, columns, DigitSet.SIZE, DigitSet.SIZE));
        }
    }

    private static void checkCounts(Read images, Read labels) {
        if (images.array().count() != labels.array().count()) {
            throw new DataException("%s holds %d images but %s holds %d labels; give two files of one set."
                    .formatted(
                            images.name(),
                            images.array().count(),
                            labels.name(),
                            labels.array().count()));
        }
    }

    private static void checkClasses(Read labels) {
        byte[] values = labels.array().values();
        for (int i = 0; i < values.length; i++) {
            int label = Byte.toUnsignedInt(values[i]);
            if (label >= DigitSet.CLASSES) {
                throw new DataException(
                        "%s: label %d (counted from 0) is %d, outside the classes 0 to %d; map the labels to these."
                                .formatted(labels.name(), i, label, DigitSet.CLASSES - 1));
            }
        }
    }
}
