package dev.lossforge.processor.diagnostic;

/** The severity of a message. */
public enum Severity {
    /** The formula cannot be compiled; nothing is generated from it. */
    ERROR,
    /** The formula compiles, but probably does not mean what its author wants; can be suppressed. */
    WARNING,
    /** Information that was requested. */
    NOTE
}
