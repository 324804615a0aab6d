package dev.lossforge.digits;

import java.util.List;

/** The two kinds of IDX file in a labelled set of images; both contain unsigned bytes. */
enum IdxKind {
    /** {@code [images, rows, columns]}. */
    IMAGES("images", 0x0803, 3),
    /** {@code [images]}: the class of each. */
    LABELS("labels", 0x0801, 1);

    private final String noun;
    private final int magic;
    private final int rank;

    IdxKind(String noun, int magic, int rank) {
        this.noun = noun;
        this.magic = magic;
        this.rank = rank;
    }

    /** The first four bytes: two zeros, the element type (8: unsigned byte) and the rank. */
    int magic() {
        return magic;
    }

    int rank() {
        return rank;
    }

    /** The contents as text, as in "60000 images of 28×28" or "60000 labels". */
    String describe(List<Integer> extents) {
        String count = "%d %s".formatted(extents.getFirst(), noun);
        return rank == 1 ? count : count + " of %d×%d".formatted(extents.get(1), extents.get(2));
    }

    @Override
    public String toString() {
        return noun;
    }
}
