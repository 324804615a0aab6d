package dev.lossforge.runtime.cpu.internal.layer;

/**
 * What a forward pass is for.
 *
 * @param training whether dropout acts
 * @param step the number of updates so far, from which dropout draws
 */
public record Pass(boolean training, long step) {}
