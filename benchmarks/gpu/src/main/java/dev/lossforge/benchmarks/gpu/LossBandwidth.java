package dev.lossforge.benchmarks.gpu;

import dev.lossforge.runtime.tornadovm.Device;
import dev.lossforge.runtime.tornadovm.Devices;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Times generated kernels of the catalogue on TornadoVM's first device: value and gradient, against a copy on the
 * device.
 *
 * <p>Arguments: the file of results, then the sizes: {@code 256} for losses on elements of arrays of 256 MiB,
 * {@code 4096x1000} for losses on rows. A case that fails costs itself alone, and the exit code 1.
 */
public final class LossBandwidth {
    private final Results results;
    private final Device device;
    private final Set<Integer> copied = new HashSet<>();
    private boolean failed;

    private LossBandwidth(Results results, Device device) {
        this.results = results;
        this.device = device;
    }

    public static void main(String[] arguments) {
        LossBandwidth bandwidth = new LossBandwidth(new Results(Path.of(arguments[0])), Devices.first());
        List.of(arguments).subList(1, arguments.length).forEach(bandwidth::measureAll);
        System.exit(bandwidth.failed ? 1 : 0);
    }

    private void measureAll(String size) {
        String[] shape = size.split("x", -1);
        List<LossCase> cases = shape.length == 1
                ? LossCase.ofElements(size)
                : LossCase.ofRows(Integer.parseInt(shape[0]), Integer.parseInt(shape[1]));
        cases.forEach(this::measureOrSay);
    }

    private void measureOrSay(LossCase of) {
        try {
            measure(of);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // TornadoVM throws errors of many kinds.
            failed = true;
            System.out.println(of.name() + " FAILED: " + e);
        }
    }

    private void measure(LossCase of) {
        if (copied.add(of.floats())) {
            Times copy = DeviceCopy.time(of.floats(), device);
            String name = DeviceCopy.name(of.floats());
            results.add(Measurement.ofBytes(name, "Lossforge", copy, 8.0 * of.floats(), null));
        }
        try (LossTiming timing = new LossTiming(of, device)) {
            timing.check();
            results.add(timing.kernels());
            results.add(timing.calls());
        }
    }
}
