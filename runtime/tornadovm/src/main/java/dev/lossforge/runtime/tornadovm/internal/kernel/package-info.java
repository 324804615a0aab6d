/**
 * The building blocks of generated TornadoVM kernels: the functions they call, the arrays they use, and their tasks.
 *
 * <p>TornadoVM 5.2 miscompiles some Java. {@link dev.lossforge.runtime.tornadovm.internal.kernel.DeviceMath} and the
 * processor avoid all of this:
 *
 * <ul>
 *   <li>{@code max} and {@code signum} lose NaN.
 *   <li>A NaN constant and the float remainder do not compile.
 *   <li>The division of a negative int by a power of two is wrong.
 *   <li>A mixture of {@code &&} and {@code ||} negates one operand.
 *   <li>A loop whose condition contains {@code ?:} tests only that part and may never end.
 *   <li>A local array cannot be passed to a method.
 * </ul>
 */
@NullMarked
package dev.lossforge.runtime.tornadovm.internal.kernel;

import org.jspecify.annotations.NullMarked;
