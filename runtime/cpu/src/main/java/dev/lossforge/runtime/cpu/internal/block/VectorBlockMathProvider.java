package dev.lossforge.runtime.cpu.internal.block;

import dev.lossforge.runtime.cpu.internal.vector.VectorModule;
import dev.lossforge.runtime.internal.kernel.BlockMath;
import java.util.Optional;

/** Offers the Vector API's functions of blocks to a JVM that was started with its module. */
public final class VectorBlockMathProvider implements BlockMath.Provider {

    @Override
    public Optional<BlockMath> create() {
        return VectorModule.isPresent() ? Optional.of(new VectorBlockMath()) : Optional.empty();
    }
}
