/**
 * The backend that trains on the CPU.
 *
 * <p>It uses the Vector API when the JVM was started with {@code --add-modules jdk.incubator.vector} and plain Java
 * loops otherwise. Classes that are reachable without the module do not mention it, so this package loads in either
 * case.
 */
@NullMarked
package dev.lossforge.runtime.cpu;

import org.jspecify.annotations.NullMarked;
