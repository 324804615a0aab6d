package dev.lossforge.runtime.tornadovm;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.BackendDevice;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import dev.lossforge.runtime.tornadovm.internal.network.DeviceLayers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Trains on a TornadoVM device: the first one, or a chosen one. */
public final class TornadoBackend implements Backend {
    private static final int GPU_PRIORITY = 100;
    /** Below the CPU backend's priority: a device that is not a GPU is used only on request. */
    private static final int OTHER_PRIORITY = -100;

    private final @Nullable String device;

    /** A backend on the first device. */
    public TornadoBackend() {
        this(null);
    }

    private TornadoBackend(@Nullable String device) {
        this.device = device;
    }

    @Override
    public String name() {
        return "tornadovm";
    }

    @Override
    public int priority() {
        try {
            return chosen().isGpu() ? GPU_PRIORITY : OTHER_PRIORITY;
        } catch (LossforgeException | LinkageError e) {
            return OTHER_PRIORITY;
        }
    }

    @Override
    public Optional<String> unavailableReason() {
        try {
            chosen();
            return Optional.empty();
        } catch (LossforgeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (LinkageError e) {
            return Optional.of(Devices.NOT_STARTED);
        }
    }

    @Override
    public List<BackendDevice> devices() {
        return Devices.all().stream().map(Device::description).toList();
    }

    @Override
    public Optional<BackendDevice> device() {
        return unavailableReason().isPresent() ? Optional.empty() : Optional.of(chosen().description());
    }

    /** The same backend on a device, named as in {@code 0:1}. */
    @Override
    public Backend onDevice(String id) {
        return new TornadoBackend(id);
    }

    @Override
    public boolean canFreezeLayers() {
        return true;
    }

    @Override
    public boolean canTrainGraphs() {
        return true;
    }

    private Device chosen() {
        return device == null ? Devices.first() : Devices.named(device);
    }

    @Override
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        spec.requireOutputs(architecture);
        DeviceLayers.requireKernels(architecture);
        return new DeviceModel(DeviceProgram.of(architecture, spec, chosen()));
    }
}
