/**
 * Trainings and weights on disk. A {@link dev.lossforge.runtime.checkpoint.Checkpoints} keeps the last snapshots of a
 * training in a folder, so that the process may die at any moment. {@link dev.lossforge.runtime.checkpoint.Safetensors}
 * reads and writes weights in the format that Python's {@code safetensors} reads.
 *
 * <p>Files appear complete or not at all: they are written under a temporary name, forced to the disk, and then
 * renamed. Files are not trusted when read: each carries a checksum of itself, and reading takes at most a small
 * multiple of its size in memory.
 */
@NullMarked
package dev.lossforge.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
