package dev.lossforge.samples.lesson;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** A sample that teaches one thing. */
public interface Lesson {

    /** One word or several with hyphens. */
    String name();

    /** What it teaches, in one line. */
    String teaches();

    /**
     * Trains and tells what came out.
     *
     * @param folder for pictures; exists
     */
    void run(PrintWriter out, Path folder) throws IOException;
}
