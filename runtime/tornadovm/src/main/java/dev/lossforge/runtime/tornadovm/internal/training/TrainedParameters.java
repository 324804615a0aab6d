package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The parameters that a step changes: all but those of frozen layers.
 *
 * @param all the number of parameters, frozen ones included
 * @param regions one for each parameter that is not frozen
 */
public record TrainedParameters(int all, List<Region> regions) {

    public static TrainedParameters of(Architecture architecture, Set<String> frozenLayers) {
        Set<Parameter> frozen = Set.copyOf(architecture.parametersOf(frozenLayers));
        List<Region> regions = new ArrayList<>();
        int first = 0;
        for (Parameter parameter : architecture.parameters()) {
            int size = parameter.shape().size();
            if (!frozen.contains(parameter)) {
                regions.add(new Region(first, size));
            }
            first += size;
        }
        return new TrainedParameters(first, List.copyOf(regions));
    }

    /** The number of ranges, then the first parameter and one past the last of each. Kernels iterate over them. */
    IntArray ranges() {
        List<Region> joined = new ArrayList<>();
        for (Region region : regions) {
            if (!joined.isEmpty() && joined.getLast().end() == region.first()) {
                Region before = joined.removeLast();
                joined.add(new Region(before.first(), before.size() + region.size()));
            } else {
                joined.add(region);
            }
        }
        IntArray ranges = new IntArray(1 + 2 * joined.size());
        ranges.set(0, joined.size());
        for (int i = 0; i < joined.size(); i++) {
            ranges.set(1 + 2 * i, joined.get(i).first());
            ranges.set(2 + 2 * i, joined.get(i).end());
        }
        return ranges;
    }
}
