package dev.lossforge.samples.lesson;

import java.io.IOException;

/** A sample that teaches one thing. The program finds all of them by {@link java.util.ServiceLoader}. */
public interface Lesson {

    /** Its number, from 1; each has its own. */
    int number();

    /** One word or several with hyphens. */
    String name();

    /** What it teaches, in one line. */
    String summary();

    /** Trains and prints the results. */
    void run(SampleContext context) throws IOException;
}
