package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.runtime.training.NonFiniteLossException;
import dev.lossforge.spark.internal.data.DataRows;
import dev.lossforge.spark.internal.data.Sample;
import dev.lossforge.spark.internal.data.Share;
import dev.lossforge.spark.internal.ring.PeerException;
import dev.lossforge.spark.internal.ring.Ring;
import dev.lossforge.spark.internal.ring.Token;
import java.io.Serial;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * A worker's part of a job: makes its data and model ready, finds the others, and trains its share with them. If
 * anything is wrong it throws, so that Spark ends the tasks of all others too: one that returned instead would let the
 * driver wait for those that hang.
 */
public final class WorkerTask extends AbstractFunction1<Iterator<Tuple2<Long, Sample>>, Iterator<Outcome>>
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    /** How long a worker that lost another one leaves it to that one, or to Spark, to say why. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Broadcast<Assignment> assignment;
    private final @Nullable Broadcast<SnapshotFiles> snapshot;
    private final long[] checksums;
    private final Token token;

    /**
     * @param snapshot where the training is to go on; null at its beginning
     * @param checksums of the data that each worker had in the job before; empty in the first
     */
    public WorkerTask(
            Broadcast<Assignment> assignment,
            @Nullable Broadcast<SnapshotFiles> snapshot,
            List<Long> checksums,
            Token token) {
        this.assignment = assignment;
        this.snapshot = snapshot;
        this.checksums = checksums.stream().mapToLong(Long::longValue).toArray();
        this.token = token;
    }

    @Override
    public Iterator<Outcome> apply(Iterator<Tuple2<Long, Sample>> rows) {
        BarrierTaskContext context = BarrierTaskContext.get();
        int rank = context.partitionId();
        String host = SparkEnv.get().blockManager().blockManagerId().host();
        try {
            Outcome outcome = run(context, rank, host, rows);
            return CollectionConverters.asScala(List.of(outcome).iterator());
        } catch (PeerException e) {
            switch (e.kind()) {
                case LOST -> awaitItsReason(context);
                case HUNG -> {} // it will not say why
                case FOREIGN -> throw lasting(String.valueOf(e.getMessage()), e);
            }
            throw e;
        } catch (LossforgeException e) {
            throw ofAllRows(context, e, rank);
        }
    }

    /** As this worker says it, but of rows as the user knows them. */
    private ConfigurationException ofAllRows(BarrierTaskContext context, LossforgeException e, int rank) {
        String message = String.valueOf(e.getMessage());
        if (e instanceof NonFiniteLossException && !DataRows.isAnyNamedIn(message)) {
            // All workers see it at once, and the one with the value that it comes from is to say so.
            awaitItsReason(context);
        }
        return lasting(DataRows.ofAll(message, rank, assignment.value().workers()), e);
    }

    /** A failure that would happen again: what another worker of this very job sends, it would send again. */
    private static ConfigurationException lasting(String message, LossforgeException e) {
        ConfigurationException lasting = new ConfigurationException(message);
        lasting.initCause(e);
        return lasting;
    }

    /**
     * The driver hears of one failure alone, the first. Of two that belong together the one that is merely about
     * another worker must not be it. When the other one's has arrived, Spark ends this task.
     */
    private static void awaitItsReason(BarrierTaskContext context) {
        long start = System.nanoTime();
        try {
            while (!context.isInterrupted() && System.nanoTime() - start < GRACE.toNanos()) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Outcome run(BarrierTaskContext context, int rank, String host, Iterator<Tuple2<Long, Sample>> rows) {
        long start = System.nanoTime();
        Assignment assigned = assignment.value();
        Dataset data = Share.of(CollectionConverters.asJava(rows), assigned.fields());
        requireSameData(rank, data.checksum());
        // What can be wrong with one worker alone comes before the ring, so that the others hear of it through Spark.
        try (Ring ring = new Ring(rank, assigned.workers(), token, assigned.limit(), host);
                Workout workout = new Workout(assigned, ring, rank, host, data)) {
            Card card = new Card(host, ring.port(), Runtime.version().feature());
            ring.join(Card.peers(context.allGather(card.text())));
            return workout.run(snapshot == null ? null : snapshot.value(), start);
        }
    }

    /** A partition that was made anew, after its machine was lost, must be what it was. */
    private void requireSameData(int rank, long checksum) {
        if (checksums.length > 0 && checksums[rank] != checksum) {
            throw new ConfigurationException("The data of worker " + rank + " is not what it was in the job before;"
                    + " read it from where it does not change, in a fixed order, without random splits.");
        }
    }
}
