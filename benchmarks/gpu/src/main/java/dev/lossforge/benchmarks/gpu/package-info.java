/**
 * What a machine with a GPU and nothing installed is asked to do, each a program of its own that writes a line of JSON
 * for every result: {@link dev.lossforge.benchmarks.gpu.LossBandwidth} times generated loss kernels,
 * {@link dev.lossforge.benchmarks.gpu.StepRate} training steps, {@link dev.lossforge.benchmarks.gpu.TestRun} runs a
 * class of tests, and {@link dev.lossforge.benchmarks.gpu.Summary} puts all together, beside what PyTorch took.
 * {@code benchmarks/gpu/run} calls them.
 */
@NullMarked
package dev.lossforge.benchmarks.gpu;

import org.jspecify.annotations.NullMarked;
