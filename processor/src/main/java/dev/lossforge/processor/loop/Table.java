package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Input;

/**
 * Values that one step of a {@link BatchProgram} computes for later ones, one for each point.
 *
 * @param buffer the buffer that holds the values
 * @param input the input that represents the table in expressions that read it
 */
public record Table(Buffer buffer, Input input) {}
