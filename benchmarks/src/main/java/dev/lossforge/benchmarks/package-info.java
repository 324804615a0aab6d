/** JMH benchmarks of the generated kernels and of the CPU backend. */
@NullMarked
package dev.lossforge.benchmarks;

import org.jspecify.annotations.NullMarked;
