package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.training.TrainingSnapshot;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A saved training.
 *
 * @param notes what the training program needs when it resumes, such as its options
 */
public record Checkpoint(TrainingSnapshot snapshot, Map<String, String> notes) {

    public Checkpoint {
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
