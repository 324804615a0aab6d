package dev.lossforge.processor.emit;

import com.palantir.javapoet.ClassName;

/** The types of the runtime that generated code names. */
final class RuntimeTypes {
    private static final String KERNEL = "dev.lossforge.runtime.kernel";
    private static final String LOSS = "dev.lossforge.runtime.loss";
    private static final String TENSOR = "dev.lossforge.runtime.tensor";

    static final ClassName BLOCKS = ClassName.get(KERNEL, "Blocks");
    static final ClassName LANES = ClassName.get(KERNEL, "Lanes");
    static final ClassName SCALARS = ClassName.get(KERNEL, "Scalars");
    static final ClassName LOG_SUM_EXP = ClassName.get(KERNEL, "LogSumExp");
    static final ClassName ROW_SOFTMAX = ClassName.get(KERNEL, "RowSoftmax");
    static final ClassName LANE_SOFTMAX = ClassName.get(KERNEL, "LaneSoftmax");
    static final ClassName ARG_MAX = ClassName.get(KERNEL, "ArgMax");
    static final ClassName FRAME = ClassName.get(KERNEL, "KernelFrame");

    static final ClassName GENERATED_LOSS = ClassName.get(LOSS, "GeneratedLoss");
    static final ClassName GENERATED_REGULARIZER = ClassName.get(LOSS, "GeneratedRegularizer");
    static final ClassName SIGNATURE = ClassName.get(LOSS, "LossSignature");
    static final ClassName EQUAL_EXTENTS = SIGNATURE.nestedClass("EqualExtents");
    static final ClassName INPUT = ClassName.get(LOSS, "LossInput");
    static final ClassName INPUT_TYPE = INPUT.nestedClass("Type");
    static final ClassName SCOPE = ClassName.get(LOSS, "Scope");

    static final ClassName TENSOR_FLOATS = ClassName.get(TENSOR, "Tensor");
    static final ClassName TENSOR_INTS = ClassName.get(TENSOR, "IntTensor");

    private RuntimeTypes() {}
}
