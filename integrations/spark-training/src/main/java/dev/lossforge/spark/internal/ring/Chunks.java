package dev.lossforge.spark.internal.ring;

/**
 * What goes round the ring when so many values are summed, frame by frame. The array is cut into one chunk per worker;
 * each goes round once while the workers add theirs, and once more to give everybody the sum. A chunk goes in frames.
 *
 * <p>The values of chunk c are added in the order of the workers c, c + 1, … and on from 0: always the same, whatever
 * comes when.
 *
 * @param length of the array
 * @param rank of this worker
 * @param frames of each chunk
 */
record Chunks(int length, int workers, int rank, int frames) {

    /** A part of the array. */
    record Range(int from, int to) {
        int size() {
            return to - from;
        }
    }

    static Chunks of(int length, int workers, int rank, int frameValues) {
        return new Chunks(length, workers, rank, Math.max(1, Math.ceilDiv(Math.ceilDiv(length, workers), frameValues)));
    }

    /** How many frames each worker sends, and gets. */
    int total() {
        return 2 * (workers - 1) * frames;
    }

    /** Whether what a frame brings is to be added; otherwise it is the sum. */
    boolean isAdded(int frame) {
        return frame / frames < workers - 1;
    }

    /** Whether a frame carries numbers of the worker of {@link #owner} before its values. */
    boolean hasNumbers(int frame) {
        return isAdded(frame) && frame % frames == 0;
    }

    /** The chunk, and worker, of which the frame is that this worker sends. */
    int sentOwner(int frame) {
        int round = frame / frames;
        return Math.floorMod(isAdded(frame) ? rank - round : rank + 1 - (round - (workers - 1)), workers);
    }

    /** The chunk, and worker, of which the frame is that this worker gets. */
    int owner(int frame) {
        return Math.floorMod(sentOwner(frame) - 1, workers);
    }

    /** Where the values of a frame of a chunk lie. */
    Range range(int chunk, int frame) {
        int from = share(length, chunk, workers);
        int size = share(length, chunk + 1, workers) - from;
        int part = frame % frames;
        return new Range(from + share(size, part, frames), from + share(size, part + 1, frames));
    }

    private static int share(int size, int part, int parts) {
        return (int) ((long) size * part / parts);
    }
}
