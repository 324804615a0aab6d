package dev.lossforge.cli;

import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.Backend;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.backend.CompiledModel;
import java.util.Optional;

/** A backend under which every model answers {@value ConstantModel#ANSWER}, at once. */
public class ConstantBackend implements Backend {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public int priority() {
        return -100;
    }

    @Override
    public Optional<String> unavailableReason() {
        return Optional.empty();
    }

    @Override
    public CompiledModel compile(Architecture architecture, CompileSpec spec) {
        return new ConstantModel(architecture, spec, Long.MAX_VALUE);
    }

    /** One whose training diverges at step 5. */
    public static final class Diverging extends ConstantBackend {
        @Override
        public String name() {
            return "diverging";
        }

        @Override
        public CompiledModel compile(Architecture architecture, CompileSpec spec) {
            return new ConstantModel(architecture, spec, 5);
        }
    }

    /** One that cannot run. */
    public static final class Broken extends ConstantBackend {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Optional<String> unavailableReason() {
            return Optional.of("It lacks a device; plug one in.");
        }
    }
}
