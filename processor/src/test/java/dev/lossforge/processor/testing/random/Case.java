package dev.lossforge.processor.testing.random;

/** A formula with inputs at which something may be wrong. */
public record Case(FormulaSource source, Batch batch) {}
