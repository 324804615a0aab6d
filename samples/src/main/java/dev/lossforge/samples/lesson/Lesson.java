package dev.lossforge.samples.lesson;

import java.io.IOException;

/** A sample that teaches one thing. */
public interface Lesson {

    /** One word or several with hyphens. */
    String name();

    /** What it teaches, in one line. */
    String teaches();

    /** Trains and tells what came out. */
    void run(Setting setting) throws IOException;
}
