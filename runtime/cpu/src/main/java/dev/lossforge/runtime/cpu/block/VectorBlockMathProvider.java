package dev.lossforge.runtime.cpu.block;

import dev.lossforge.runtime.kernel.BlockMath;
import java.lang.System.Logger;
import java.util.Optional;

/** Offers the Vector API's functions of blocks to a JVM that was started with its module, and says so if it was not. */
public final class VectorBlockMathProvider implements BlockMath.Provider {
    private static final String MODULE = "jdk.incubator.vector";
    private static final Logger LOGGER = System.getLogger(VectorBlockMathProvider.class.getName());

    @Override
    public Optional<BlockMath> create() {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            LOGGER.log(
                    Logger.Level.INFO,
                    "Loss kernels run in plain Java; start the JVM with --add-modules {0} to run them faster.",
                    MODULE);
            return Optional.empty();
        }
        return Optional.of(new VectorBlockMath());
    }
}
