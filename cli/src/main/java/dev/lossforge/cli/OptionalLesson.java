package dev.lossforge.cli;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.samples.lesson.Lesson;
import dev.lossforge.samples.lesson.SampleContext;

/**
 * A placeholder for a sample whose libraries are not part of this build. It is listed and explains how to run the
 * sample.
 */
record OptionalLesson(int number, String name, String summary) implements Lesson {

    @Override
    public void run(SampleContext context) {
        throw new ConfigurationException("The sample '" + name
                + "' needs libraries that this build lacks; './lossforge sample " + name + "' fetches them.");
    }
}
