package dev.lossforge.spark.internal.ring;

/**
 * What goes round the ring when values of an array are summed, frame by frame. They are cut into one chunk per worker;
 * each goes round once while the workers add theirs, and once more to give everybody the sum. A chunk goes in frames.
 *
 * <p>Two workers exchange all they have instead, as one chunk: each adds the other's. That sends as many bytes in one
 * round as two rounds would, and waits for the other worker once.
 *
 * <p>The values of chunk c are added in the order of the workers c, c + 1, … and on from 0: always the same, whatever
 * comes when.
 *
 * @param start where the values begin in the array
 * @param length how many there are
 * @param rank of this worker
 * @param frames of each chunk
 */
record Chunks(int start, int length, int workers, int rank, int frames) {

    /** A part of the array. */
    record Range(int from, int to) {
        int size() {
            return to - from;
        }
    }

    static Chunks of(int start, int length, int workers, int rank, int frameValues) {
        int frames = Math.max(1, Math.ceilDiv(Math.ceilDiv(length, count(workers)), frameValues));
        return new Chunks(start, length, workers, rank, frames);
    }

    /** How many chunks there are. */
    private static int count(int workers) {
        return workers == 2 ? 1 : workers;
    }

    /** How many frames each worker sends, and gets. */
    int total() {
        return (workers == 2 ? 1 : 2 * (workers - 1)) * frames;
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
        boolean isAll = workers == 2;
        int from = isAll ? start : start + share(length, chunk, workers);
        int size = isAll ? length : start + share(length, chunk + 1, workers) - from;
        int part = frame % frames;
        return new Range(from + share(size, part, frames), from + share(size, part + 1, frames));
    }

    private static int share(int size, int part, int parts) {
        return (int) ((long) size * part / parts);
    }
}
