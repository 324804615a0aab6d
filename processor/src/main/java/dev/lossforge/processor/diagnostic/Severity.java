package dev.lossforge.processor.diagnostic;

/** How grave a message is. */
public enum Severity {
    /** The formula cannot be compiled; nothing is generated from it. */
    ERROR,
    /** The formula compiles, but probably not to what its author wants; can be suppressed. */
    WARNING,
    /** Information that was asked for. */
    NOTE
}
