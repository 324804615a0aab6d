package dev.lossforge.processor.ir;

/** The type of an expression's value. Float arithmetic of the formula is float32 in the kernel. */
public enum Type {
    FLOAT,
    INT,
    BOOLEAN
}
