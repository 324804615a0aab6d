package dev.lossforge.processor.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Emits the class with a loss's kernels for TornadoVM: {@code HuberLossDeviceKernels} beside {@code HuberLoss}. */
public final class TornadoEmitter {
    private final LoopNest nest;
    private final ClassName name;

    private TornadoEmitter(LoopNest nest) {
        this.nest = nest;
        this.name = DeviceTypes.kernelsOf(nest.formula());
    }

    /**
     * The generated source file for a formula on elements or rows; empty if it has more arrays than TornadoVM takes.
     *
     * @param nest loops that keep nothing
     */
    public static Optional<JavaFile> emit(LoopNest nest) {
        return new DeviceKernel(nest, nest.statements(), false).fits()
                ? Optional.of(new TornadoEmitter(nest).file())
                : Optional.empty();
    }

    /**
     * The generated source file for a formula over the batch; empty if a step has more arrays than TornadoVM takes.
     *
     * @param nest the loops of the same formula
     */
    public static Optional<JavaFile> emit(BatchProgram program, LoopNest nest) {
        return BatchEmitter.emit(program, nest);
    }

    private JavaFile file() {
        boolean shared = SharedRow.fits(nest);
        DeviceKernel gradients = new DeviceKernel(nest, nest.statements(), false);
        DeviceKernel value = new DeviceKernel(nest, nest.valueStatements(), false);
        TypeSpec.Builder type = DeviceTypes.kernelClass(nest.formula(), DeviceTypes.UNIT_KERNELS)
                .addMethod(task("gradients", gradients, shared))
                .addMethod(task("value", value, shared))
                .addMethod(IndexChecks.method(nest))
                .addMethod(gradients.method("gradientsOfUnits"))
                .addMethod(value.method("valueOfUnits"));
        if (shared) {
            type.addMethod(canShareRows())
                    .addMethod(new DeviceKernel(nest, nest.statements(), true).method("gradientsOfSharedRows"))
                    .addMethod(new DeviceKernel(nest, nest.valueStatements(), true).method("valueOfSharedRows"));
        }
        return DeviceTypes.file(nest.formula(), type.build());
    }

    private static MethodSpec canShareRows() {
        return MethodSpec.methodBuilder("canShareRows")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(boolean.class)
                .addStatement("return true")
                .build();
    }

    private MethodSpec task(String method, DeviceKernel kernel, boolean shared) {
        CodeBlock passed = CodeBlock.join(kernel.passed(), ", ");
        MethodSpec.Builder task = MethodSpec.methodBuilder(method)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(DeviceTypes.TASK_GRAPH)
                .addParameter(DeviceTypes.TASK_GRAPH, "graph")
                .addParameter(String.class, "task")
                .addParameter(DeviceTypes.KERNEL_CONTEXT, "context")
                .addParameter(DeviceTypes.ARGUMENTS, "arguments");
        if (shared) {
            task.beginControlFlow("if (arguments.sharesRows())")
                    .addStatement("return graph.task(task, $T::$LOfSharedRows, context, $L)", name, method, passed)
                    .endControlFlow();
        }
        return task.addStatement("return graph.task(task, $T::$LOfUnits, context, $L)", name, method, passed)
                .build();
    }
}
