package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.testing.Precision;
import java.util.Map;
import java.util.function.Function;

/**
 * A way of running the kernel of a formula.
 *
 * @param name where it runs, such as {@code the Vector API}
 * @param floats as it computes with them
 * @param kernel finds what {@link KernelRun#results} does
 */
public record Way(String name, Precision floats, Function<KernelCall, Map<String, float[]>> kernel) {}
