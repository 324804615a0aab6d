package dev.lossforge.processor.emit;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.loop.LoopNest;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Emits the class with a loss's kernels for TornadoVM: {@code HuberLossDeviceKernels} beside {@code HuberLoss}. */
public final class TornadoEmitter {
    /** What TornadoVM takes as arguments of one task. */
    private static final int MOST_ARGUMENTS = 20;

    private final LoopNest nest;
    private final ClassName name;

    private TornadoEmitter(LoopNest nest) {
        this.nest = nest;
        Formula formula = nest.formula();
        this.name = ClassName.get(formula.packageName(), formula.className() + "DeviceKernels");
    }

    /**
     * The generated source file; empty if the formula has no kernel for a device: one over the whole batch, with
     * trainable hyperparameters, that keeps values from one loop for the next, or of too many inputs.
     */
    public static Optional<JavaFile> emit(LoopNest nest) {
        return fits(nest) ? Optional.of(new TornadoEmitter(nest).file()) : Optional.empty();
    }

    private static boolean fits(LoopNest nest) {
        Formula formula = nest.formula();
        return formula.scope() != Scope.BATCH
                && nest.buffers().isEmpty()
                && formula.inputs().stream().noneMatch(Input::trainable)
                && new DeviceKernel(nest, nest.statements()).arguments() <= MOST_ARGUMENTS;
    }

    private JavaFile file() {
        boolean shared = SharedRow.fits(nest);
        DeviceKernel gradients = new DeviceKernel(nest, nest.statements());
        DeviceKernel value = new DeviceKernel(nest, nest.valueStatements());
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(DeviceTypes.KERNELS)
                .addAnnotation(AnnotationSpec.builder(ClassName.get("javax.annotation.processing", "Generated"))
                        .addMember("value", "$S", "dev.lossforge.processor.LossforgeProcessor")
                        .build())
                .addJavadoc(
                        "The kernels of {@link $L} for TornadoVM.\n",
                        nest.formula().className())
                .addMethod(task("gradients", gradients, shared))
                .addMethod(task("value", value, shared))
                .addMethod(requireIndices())
                .addMethod(gradients.method("gradientsOfUnits"))
                .addMethod(value.method("valueOfUnits"));
        if (shared) {
            type.addMethod(canShareRows())
                    .addMethod(new DeviceKernel(nest, nest.statements()).methodOfSharedRows("gradientsOfSharedRows"))
                    .addMethod(new DeviceKernel(nest, nest.valueStatements()).methodOfSharedRows("valueOfSharedRows"));
        }
        return JavaFile.builder(nest.formula().packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
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

    private MethodSpec requireIndices() {
        return MethodSpec.methodBuilder("requireIndices")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(RuntimeTypes.FRAME, "frame")
                .addParameter(int.class, "from")
                .addParameter(int.class, "to")
                .addCode(IndexChecks.of(nest))
                .build();
    }
}
