package dev.lossforge.runtime.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a stream. When shuffling, a sample is drawn from the buffer at random, and the next sample of the
 * stream takes its place. The draws follow from seed and epoch, so continuing after some batches needs only their
 * number.
 */
final class StreamedBatches extends Batches {
    private final SampleStream stream;
    private final Batch full;
    private final @Nullable Batch rest;
    private @Nullable Batch slots;
    private @Nullable Shuffle shuffle;
    private @Nullable PartReader reader;

    /** The order of the samples. */
    private record Shuffle(long seed, int epoch) {}

    StreamedBatches(SampleStream stream, int batchSize, boolean droppingLast) {
        super(stream.samples(), batchSize, droppingLast);
        this.stream = stream;
        this.full = RowCopies.zeros(stream.first(), Math.min(batchSize, samples()));
        this.rest = rest() == 0 ? null : RowCopies.zeros(stream.first(), rest());
    }

    @Override
    public void shuffle(long seed, int epoch) {
        shuffle = new Shuffle(seed, epoch);
    }

    @Override
    public Iterator<Batch> after(int batches) {
        close();
        PartReader opened = stream.open();
        reader = opened;
        StreamedRows rows = new StreamedRows(stream, opened);
        Draw draw = shuffle == null ? rows::next : shuffled(rows, shuffle);
        for (int i = 0; i < begin(batches); i++) {
            draw.to(null, 0);
        }
        return new Epoch(draw, begin(batches), rows);
    }

    private Draw shuffled(StreamedRows rows, Shuffle by) {
        if (slots == null) {
            slots = RowCopies.zeros(stream.first(), Math.min(stream.buffer(), stream.samples()));
        }
        return new ShuffleBuffer(slots, rows, StoredBatches.random(by.seed(), by.epoch()))::draw;
    }

    /** Takes the next sample and copies it to a row of a batch, or discards it. */
    @FunctionalInterface
    private interface Draw {
        void to(@Nullable Batch batch, int row);
    }

    private final class Epoch implements Iterator<Batch> {
        private final Draw draw;
        private final StreamedRows rows;
        private int next;

        private Epoch(Draw draw, int next, StreamedRows rows) {
            this.draw = draw;
            this.next = next;
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            return next < samples();
        }

        @Override
        public Batch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Batch batch = samples() - next >= batchSize() || rest == null ? full : rest;
            for (int row = 0; row < batch.size(); row++) {
                draw.to(batch, row);
            }
            next += batch.size();
            if (!hasNext() && samples() == stream.samples()) {
                rows.requireEnd();
            }
            return batch;
        }
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /** Draws at random from the next samples of a stream. */
    private static final class ShuffleBuffer {
        private final Batch slots;
        private final StreamedRows rows;
        private final SplittableRandom random;
        private int filled;

        private ShuffleBuffer(Batch slots, StreamedRows rows, SplittableRandom random) {
            this.slots = slots;
            this.rows = rows;
            this.random = random;
            while (filled < slots.size()) {
                rows.next(slots, filled++);
            }
        }

        private void draw(@Nullable Batch batch, int row) {
            int slot = random.nextInt(filled);
            if (batch != null) {
                RowCopies.copy(slots, slot, batch, row);
            }
            if (rows.hasNext()) {
                rows.next(slots, slot);
            } else {
                RowCopies.copy(slots, --filled, slots, slot);
            }
        }
    }
}
