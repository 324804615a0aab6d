package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A training as it is kept.
 *
 * @param notes what the program that trains wants to know when it resumes, such as its options
 */
public record Checkpoint(TrainingSnapshot snapshot, Map<String, String> notes) {

    public Checkpoint {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
