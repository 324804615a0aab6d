/** Device kernels: writes the steps of a formula as kernels that TornadoVM compiles for an accelerator. */
@NullMarked
package dev.lossforge.processor.emit.device;

import org.jspecify.annotations.NullMarked;
