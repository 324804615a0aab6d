package dev.lossforge.samples.lesson;

import dev.lossforge.runtime.ConfigurationException;
import java.io.IOException;
import java.util.ServiceLoader;

/**
 * A sample whose libraries are not part of every build: it is listed always, and found by {@link ServiceLoader} where
 * it is there.
 */
public record OptionalLesson(String name, String teaches) implements Lesson {

    @Override
    public void run(Setting setting) throws IOException {
        for (Lesson lesson : ServiceLoader.load(Lesson.class)) {
            if (lesson.name().equals(name)) {
                lesson.run(setting);
                return;
            }
        }
        throw new ConfigurationException("The sample '" + name
                + "' needs libraries that this build lacks; './lossforge sample " + name + "' fetches them.");
    }
}
