package dev.lossforge.samples.lesson;

import java.io.IOException;

/** A sample that teaches one thing. The program finds all of them by {@link java.util.ServiceLoader}. */
public interface Lesson {

    /** The unique number of the sample, from 1. */
    int number();

    /** The name of the sample: one word, or several with hyphens. */
    String name();

    /** The subject of the sample, in one line. */
    String summary();

    /** Trains and prints the results. */
    void run(SampleContext context) throws IOException;
}
