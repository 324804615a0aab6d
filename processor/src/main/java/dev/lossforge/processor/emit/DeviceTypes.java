package dev.lossforge.processor.emit;

import com.palantir.javapoet.ClassName;
import dev.lossforge.processor.ir.Type;

/** The types of TornadoVM and of its runtime module that generated code names. */
final class DeviceTypes {
    private static final String API = "uk.ac.manchester.tornado.api";
    private static final String ARRAYS = API + ".types.arrays";
    private static final String RUNTIME = "dev.lossforge.runtime.tornadovm.kernel";

    static final ClassName KERNEL_CONTEXT = ClassName.get(API, "KernelContext");
    static final ClassName TASK_GRAPH = ClassName.get(API, "TaskGraph");
    static final ClassName FLOAT_ARRAY = ClassName.get(ARRAYS, "FloatArray");
    static final ClassName INT_ARRAY = ClassName.get(ARRAYS, "IntArray");

    static final ClassName MATH = ClassName.get(RUNTIME, "DeviceMath");
    static final ClassName GAMMA = ClassName.get(RUNTIME, "DeviceGamma");
    static final ClassName REDUCTIONS = ClassName.get(RUNTIME, "DeviceReductions");
    static final ClassName KERNELS = ClassName.get(RUNTIME, "DeviceKernels");
    static final ClassName ARGUMENTS = ClassName.get(RUNTIME, "DeviceArguments");

    private DeviceTypes() {}

    static ClassName array(Type type) {
        return type == Type.INT ? INT_ARRAY : FLOAT_ARRAY;
    }
}
