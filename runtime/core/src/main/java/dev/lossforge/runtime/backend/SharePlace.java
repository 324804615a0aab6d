package dev.lossforge.runtime.backend;

import java.util.List;

/**
 * The place of a share in its batch.
 *
 * @param firstSample the position of the share's first sample in the whole batch; dropout then drops the same values as
 *     in one batch
 * @param counts what each loss of the spec counts in the whole batch, in order; empty if that is not known yet. It must
 *     be known where losses count different numbers of samples, because their gradients are added up before anything is
 *     divided
 */
public record SharePlace(long firstSample, List<LossCount> counts) {

    public SharePlace {
        counts = List.copyOf(counts);
    }

    /** A share that begins at this sample of its batch. */
    public static SharePlace at(long firstSample) {
        return new SharePlace(firstSample, List.of());
    }

    /** The same place in a batch in which the losses count so much. */
    public SharePlace counting(List<LossCount> ofBatch) {
        return new SharePlace(firstSample, ofBatch);
    }
}
