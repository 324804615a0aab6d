package dev.lossforge.runtime.data;

import java.util.Iterator;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;

/**
 * Samples that are read again in every epoch, part by part.
 *
 * @param samples the number of samples
 * @param buffer the number of samples among which they are shuffled
 * @param first the first part, which defines the form of all
 * @param check gets each part when it is read, and the index of its first sample
 */
record SampleStream(
        int samples,
        int buffer,
        Batch first,
        Supplier<? extends Iterator<Dataset>> parts,
        ObjIntConsumer<Batch> check) {

    static SampleStream of(int samples, int buffer, Supplier<? extends Iterator<Dataset>> parts) {
        if (samples < 1 || buffer < 1) {
            throw new DataException("A stream has at least 1 sample, and a buffer for at least 1, but " + samples
                    + " samples and a buffer for " + buffer + " were requested.");
        }
        try (PartReader reader = new PartReader(parts.get())) {
            Batch first = reader.next();
            if (first == null) {
                throw new DataException("The stream is empty; its first part must have samples.");
            }
            return new SampleStream(samples, buffer, first, parts, (part, index) -> {});
        }
    }

    SampleStream checkedBy(ObjIntConsumer<Batch> more) {
        return new SampleStream(samples, buffer, first, parts, more);
    }

    PartReader open() {
        return new PartReader(parts.get());
    }
}
