package dev.lossforge.processor.emit;

import com.palantir.javapoet.ClassName;

/** The runtime's types that occur in generated code. */
public final class RuntimeTypes {
    private static final String KERNEL = "dev.lossforge.runtime.internal.kernel";
    private static final String LOSS = "dev.lossforge.runtime.loss";
    private static final String TENSOR = "dev.lossforge.runtime.tensor";

    public static final ClassName BLOCK = ClassName.get(KERNEL, "Block");
    public static final ClassName ROW_ENTRIES = ClassName.get(KERNEL, "RowEntries");
    public static final ClassName PARALLEL = ClassName.get(KERNEL, "Parallel");
    public static final ClassName TABLES = ClassName.get(KERNEL, "Tables");
    public static final ClassName PIECES = ClassName.get(KERNEL, "Pieces");
    public static final ClassName MATRIX = ClassName.get(KERNEL, "Matrix");
    public static final ClassName PAIR_TERMS = ClassName.get(KERNEL, "PairTerms");
    public static final ClassName MATRIX_PRODUCTS = ClassName.get(KERNEL, "MatrixProducts");
    public static final ClassName VECTOR_MODULE = ClassName.get(KERNEL, "VectorModule");
    public static final ClassName SCALARS = ClassName.get(KERNEL, "Scalars");
    public static final ClassName SORTING = ClassName.get(KERNEL, "Sorting");
    public static final ClassName ARG_MAX = ClassName.get(KERNEL, "ArgMax");
    public static final ClassName FRAME = ClassName.get(KERNEL, "KernelFrame");

    public static final ClassName GENERATED_LOSS = ClassName.get(LOSS, "FormulaLoss");
    public static final ClassName GENERATED_REGULARIZER = ClassName.get(LOSS, "FormulaPenalty");
    public static final ClassName SIGNATURE = ClassName.get(LOSS, "LossSignature");
    public static final ClassName EQUAL_EXTENTS = SIGNATURE.nestedClass("EqualExtents");
    public static final ClassName EXCLUDED_EXTENTS = SIGNATURE.nestedClass("ExcludedExtents");
    public static final ClassName INPUT = SIGNATURE.nestedClass("Input");
    public static final ClassName INPUT_TYPE = INPUT.nestedClass("Type");
    public static final ClassName SCOPE = SIGNATURE.nestedClass("Scope");

    public static final ClassName TENSOR_FLOATS = ClassName.get(TENSOR, "Tensor");
    public static final ClassName TENSOR_INTS = ClassName.get(TENSOR, "IntTensor");

    private RuntimeTypes() {}
}
