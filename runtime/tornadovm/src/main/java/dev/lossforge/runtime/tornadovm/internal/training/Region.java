package dev.lossforge.runtime.tornadovm.internal.training;

/** Some parameters that follow each other among all. */
public record Region(int first, int size) {

    /** One past the last. */
    int end() {
        return first + size;
    }
}
