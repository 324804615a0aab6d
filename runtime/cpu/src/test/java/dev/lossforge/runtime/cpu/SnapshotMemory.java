package dev.lossforge.runtime.cpu;

import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.Checkpointer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Keeps all snapshots of a training in memory. */
final class SnapshotMemory implements Checkpointer {
    private final List<TrainingSnapshot> snapshots = new ArrayList<>();

    @Override
    public void checkpoint(Moment moment, long updates, Supplier<TrainingSnapshot> snapshot) {
        snapshots.add(snapshot.get());
    }

    List<TrainingSnapshot> snapshots() {
        return snapshots;
    }
}
