package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Input;

/**
 * Values that one step of a {@link BatchProgram} computes for later ones, one for each point.
 *
 * @param buffer where they are kept
 * @param input what stands for the table in the expressions that read it
 */
public record Table(Buffer buffer, Input input) {}
