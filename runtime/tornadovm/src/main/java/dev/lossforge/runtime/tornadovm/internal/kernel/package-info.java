/**
 * What generated kernels for TornadoVM are made of: the functions they call, the arrays they work on, and the tasks
 * they are.
 *
 * <p>Code that runs on the device keeps to what TornadoVM 5.2 compiles rightly. Its {@code max} and {@code signum} lose
 * NaN, a NaN constant and the float remainder do not compile, a division of a negative int by a power of two is wrong,
 * so is {@code &&} within {@code ||} and the other way round, of which it negates one half, a loop whose condition has
 * a choice in it tests that alone and may never end, and a local array may not be passed on;
 * {@link dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath} and the processor go round all of it.
 */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.kernel;

import org.jspecify.annotations.NullMarked;
