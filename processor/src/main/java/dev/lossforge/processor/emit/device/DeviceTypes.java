package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Type;
import javax.lang.model.element.Modifier;

/** The types of TornadoVM and of its runtime module that occur in generated code. */
final class DeviceTypes {
    private static final String API = "uk.ac.manchester.tornado.api";
    private static final String ARRAYS = API + ".types.arrays";
    private static final String RUNTIME = "dev.lossforge.runtime.tornadovm.internal.kernel";

    static final ClassName KERNEL_CONTEXT = ClassName.get(API, "KernelContext");
    static final ClassName TASK_GRAPH = ClassName.get(API, "TaskGraph");
    static final ClassName FLOAT_ARRAY = ClassName.get(ARRAYS, "FloatArray");
    static final ClassName INT_ARRAY = ClassName.get(ARRAYS, "IntArray");

    static final ClassName MATH = ClassName.get(RUNTIME, "DeviceMath");
    static final ClassName GAMMA = ClassName.get(RUNTIME, "DeviceGamma");
    static final ClassName BESSEL = ClassName.get(RUNTIME, "DeviceBessel");
    static final ClassName NORMAL = ClassName.get(RUNTIME, "DeviceNormal");
    static final ClassName REDUCTIONS = ClassName.get(RUNTIME, "DeviceReductions");
    static final ClassName SORTING = ClassName.get(RUNTIME, "DeviceSorting");
    static final ClassName UNIT_KERNELS = ClassName.get(RUNTIME, "UnitKernels");
    static final ClassName BATCH_KERNELS = ClassName.get(RUNTIME, "BatchKernels");
    static final ClassName BATCH_PLAN = ClassName.get(RUNTIME, "BatchPlan");
    static final ClassName TABLES = ClassName.get(RUNTIME, "DeviceTables");
    static final ClassName EXTENTS = ClassName.get(RUNTIME, "Extents");
    static final ClassName ARGUMENTS = ClassName.get(RUNTIME, "DeviceArguments");

    private DeviceTypes() {}

    static ClassName array(Type type) {
        return type == Type.INT ? INT_ARRAY : FLOAT_ARRAY;
    }

    /** {@code HuberLossDeviceKernels} for {@code HuberLoss}. */
    static ClassName kernelsOf(Formula formula) {
        return ClassName.get(formula.packageName(), formula.className() + "DeviceKernels");
    }

    /** The class with the kernels of a formula, still empty. */
    static TypeSpec.Builder kernelClass(Formula formula, ClassName kind) {
        return TypeSpec.classBuilder(kernelsOf(formula))
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(kind)
                .addAnnotation(AnnotationSpec.builder(ClassName.get("javax.annotation.processing", "Generated"))
                        .addMember("value", "$S", "dev.lossforge.processor.LossforgeProcessor")
                        .build())
                .addJavadoc("The kernels of {@link $L} for TornadoVM.\n", formula.className());
    }

    static JavaFile file(Formula formula, TypeSpec type) {
        return JavaFile.builder(formula.packageName(), type)
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }
}
