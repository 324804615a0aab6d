package dev.lossforge.runtime.data;

import org.jspecify.annotations.Nullable;

/** The samples of a stream, one after another, up to the announced number. */
final class StreamedRows {
    private final SampleStream stream;
    private final PartReader reader;
    private @Nullable Batch part;
    private int row;
    private int read;
    private boolean ended;

    StreamedRows(SampleStream stream, PartReader reader) {
        this.stream = stream;
        this.reader = reader;
    }

    /** Whether fewer samples than announced were taken. */
    boolean hasNext() {
        return read < stream.samples();
    }

    /** Copies the next sample to a row of a batch, or discards it. */
    void next(@Nullable Batch batch, int toRow) {
        Batch from = current();
        if (from == null) {
            throw new DataException("The stream ended after " + read + " samples, but " + stream.samples()
                    + " were announced; announce as many as each epoch gives.");
        }
        if (batch != null) {
            RowCopies.copy(from, row, batch, toRow);
        }
        row++;
        read++;
    }

    void requireEnd() {
        if (current() != null) {
            throw new DataException("The stream has more samples than the " + stream.samples() + " that were announced;"
                    + " announce as many as each epoch gives.");
        }
    }

    /** The part with the next sample; null at the end of the stream. */
    private @Nullable Batch current() {
        while (!ended && (part == null || row == part.size())) {
            part = reader.next();
            row = 0;
            ended = part == null;
            if (part != null) {
                RowCopies.requireForm(stream.first(), part);
                stream.check().accept(part, read);
            }
        }
        return part;
    }
}
