package dev.lossforge.spark.internal.worker;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.data.Dataset;
import dev.lossforge.spark.internal.data.Sample;
import dev.lossforge.spark.internal.data.Share;
import dev.lossforge.spark.internal.ring.Peer;
import dev.lossforge.spark.internal.ring.PeerException;
import dev.lossforge.spark.internal.ring.Ring;
import dev.lossforge.spark.internal.ring.Token;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/** A worker's part of a job: finds the others, and trains its share of the data with them. Never fails by itself. */
public final class WorkerTask extends AbstractFunction1<Iterator<Tuple2<Long, Sample>>, Iterator<Outcome>>
        implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

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
        Outcome outcome;
        try {
            outcome = run(context, rank, host, rows);
        } catch (PeerException e) {
            Outcome.End end = switch (e.kind()) {
                case LOST -> Outcome.End.LOST;
                case HUNG -> Outcome.End.HUNG;
                case FOREIGN -> Outcome.End.FAILED;
            };
            outcome = Outcome.failed(rank, host, end, String.valueOf(e.getMessage()));
        } catch (LossforgeException e) {
            outcome = Outcome.failed(rank, host, Outcome.End.FAILED, String.valueOf(e.getMessage()));
        }
        return CollectionConverters.asScala(List.of(outcome).iterator());
    }

    private Outcome run(BarrierTaskContext context, int rank, String host, Iterator<Tuple2<Long, Sample>> rows) {
        long start = System.nanoTime();
        Assignment told = assignment.value();
        try (Ring ring = new Ring(rank, told.workers(), token, told.limit(), host)) {
            String[] cards = context.allGather(
                    new Card(host, ring.port(), Runtime.version().feature()).text());
            List<Peer> peers = Card.peers(cards);
            Dataset data = Share.of(CollectionConverters.asJava(rows), told.fields());
            requireSameData(rank, data.checksum());
            ring.join(peers);
            return new Workout(told, ring, rank, host, data).run(snapshot == null ? null : snapshot.value(), start);
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
