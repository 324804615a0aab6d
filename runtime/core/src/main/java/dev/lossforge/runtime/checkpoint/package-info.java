/**
 * Trainings and weights on disk. A {@link dev.lossforge.runtime.checkpoint.Checkpoints} keeps the last snapshots of a
 * training in a folder, so that a process may die at any moment; {@link dev.lossforge.runtime.checkpoint.Safetensors}
 * reads and writes weights in the format that Python's {@code safetensors} reads.
 *
 * <p>What is written appears whole or not at all: under a temporary name, forced to the disk, then renamed. What is
 * read is not trusted: every file carries a checksum of itself, and none takes more memory than a small multiple of its
 * size.
 */
@NullMarked
package dev.lossforge.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
