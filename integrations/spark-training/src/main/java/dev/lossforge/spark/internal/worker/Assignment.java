package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.callback.LearningRateScheduler.Schedule;
import dev.lossforge.spark.internal.data.Field;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of a training are told, in every job alike.
 *
 * @param model the file of the model
 * @param fields in the order of the samples' values
 * @param threads of each worker
 * @param shareSize the samples of a batch that each worker has
 * @param schedule of the learning rate by steps; null for the optimizer's own rate
 * @param averageEvery after how many steps the workers average their models; 0 if each step is one of all together
 * @param stepsPerJob after how many steps a job ends
 * @param limit for how long a worker may be silent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Assignment(
        byte[] model,
        CompileForm compile,
        List<Field> fields,
        int workers,
        int threads,
        int epochs,
        int shareSize,
        boolean shuffled,
        boolean droppingLast,
        @Nullable Schedule schedule,
        int averageEvery,
        int stepsPerJob,
        Duration limit)
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    public Assignment {
        fields = List.copyOf(fields);
    }
}
