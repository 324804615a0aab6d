package dev.lossforge.digits;

import java.util.List;

/**
 * The contents of an IDX file: {@code values} in row-major order with {@code extents}, and the checksum of the whole
 * uncompressed file.
 */
final class IdxArray {
    private final List<Integer> extents;
    private final byte[] values;
    private final String sha256;

    IdxArray(List<Integer> extents, byte[] values, String sha256) {
        this.extents = List.copyOf(extents);
        this.values = values;
        this.sha256 = sha256;
    }

    List<Integer> extents() {
        return extents;
    }

    int count() {
        return extents.getFirst();
    }

    /** The elements themselves, which are not copied. */
    byte[] values() {
        return values;
    }

    String sha256() {
        return sha256;
    }
}
