package dev.lossforge.runtime.cpu.internal.layer;

import dev.lossforge.runtime.cpu.internal.kernel.Segments;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a patch, short enough for the registers, that is contiguous both in the patch and in a channel's weights.
 *
 * @param inPatch its start, relative to the start of the patch
 * @param inWeights its start, relative to the start of the channel's weights
 */
record RowPiece(int inPatch, int inWeights, int length) {

    /**
     * Cuts rows into pieces.
     *
     * @param weightStride the padded length of a row without gaps
     * @param longest the maximum length of a piece
     */
    static List<RowPiece> cut(Segments segments, int weightStride, int longest) {
        int segmentLength = segments.count() == 1 ? weightStride : segments.length();
        List<RowPiece> pieces = new ArrayList<>();
        for (int segment = 0; segment < segments.count(); segment++) {
            for (int t = 0; t < segmentLength; t += longest) {
                pieces.add(new RowPiece(
                        segment * segments.stride() + t,
                        segment * segmentLength + t,
                        Math.min(longest, segmentLength - t)));
            }
        }
        return List.copyOf(pieces);
    }
}
