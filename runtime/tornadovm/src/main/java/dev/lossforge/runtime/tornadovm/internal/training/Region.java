package dev.lossforge.runtime.tornadovm.internal.training;

/** A range of consecutive parameters. */
public record Region(int first, int size) {

    /** One past the last. */
    int end() {
        return first + size;
    }
}
