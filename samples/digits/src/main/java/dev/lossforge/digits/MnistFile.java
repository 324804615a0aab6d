package dev.lossforge.digits;

import java.util.List;
import java.util.stream.Stream;

/** The four files of the MNIST database and the SHA-256 sum of each, uncompressed, as published. */
enum MnistFile {
    TRAIN_IMAGES("train-images", IdxKind.IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    TRAIN_LABELS("train-labels", IdxKind.LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    TEST_IMAGES("t10k-images", IdxKind.IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    TEST_LABELS("t10k-labels", IdxKind.LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    private final String stem;
    private final IdxKind form;
    private final String sha256;

    MnistFile(String stem, IdxKind form, String sha256) {
        this.stem = stem;
        this.form = form;
        this.sha256 = sha256;
    }

    IdxKind form() {
        return form;
    }

    String sha256() {
        return sha256;
    }

    /** The name as published, without the {@code .gz} that mirrors add. */
    String plainName() {
        return name('-');
    }

    /** The name under which mirrors serve the file. */
    String gzippedName() {
        return plainName() + ".gz";
    }

    /**
     * All names of the file in practice; some tools turn the hyphen before {@code idx} into a dot when they unpack it.
     */
    List<String> names() {
        return Stream.of('-', '.')
                .map(this::name)
                .flatMap(n -> Stream.of(n, n + ".gz"))
                .toList();
    }

    private String name(char separator) {
        return "%s%cidx%d-ubyte".formatted(stem, separator, form.rank());
    }
}
