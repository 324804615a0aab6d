package dev.lossforge.runtime.tornadovm.internal.training;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The parameters that a step changes along their gradients: those of layers that are not frozen, without running
 * statistics, and the losses' trained hyperparameters.
 *
 * @param all the number of all parameters
 * @param ofLayers one region for each parameter of a layer
 * @param ofLosses one region for each hyperparameter; they come after all parameters of layers
 */
public record TrainedParameters(int all, List<Region> ofLayers, List<Region> ofLosses) {

    public TrainedParameters {
        ofLayers = List.copyOf(ofLayers);
        ofLosses = List.copyOf(ofLosses);
    }

    public static TrainedParameters of(Architecture architecture, CompileSpec spec) {
        Set<Parameter> frozen = Set.copyOf(architecture.parametersOf(spec.frozenLayers()));
        List<Region> ofLayers = new ArrayList<>();
        List<Region> ofLosses = new ArrayList<>();
        int first = 0;
        for (Parameter parameter : spec.parameters(architecture)) {
            Region region = new Region(first, parameter.shape().size());
            if (parameter.isHyperparameter()) {
                ofLosses.add(region);
            } else if (parameter.isTrained() && !frozen.contains(parameter)) {
                ofLayers.add(region);
            }
            first = region.end();
        }
        return new TrainedParameters(first, ofLayers, ofLosses);
    }

    /** The number of values of all hyperparameters. */
    public int hyperparameters() {
        return ofLosses.stream().mapToInt(Region::size).sum();
    }

    /** One region for each parameter. */
    List<Region> regions() {
        return Stream.concat(ofLayers.stream(), ofLosses.stream()).toList();
    }

    /** The number of ranges, then the first parameter and one past the last of each. Kernels iterate over them. */
    static IntArray ranges(List<Region> regions) {
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
