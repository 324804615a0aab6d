package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.emit.IndexChecks;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Emits the class with a loss's kernels for TornadoVM: {@code HuberLossDeviceKernels} beside {@code HuberLoss}. */
public final class TornadoEmitter {
    /** The methods of the kernels interface for derivatives up to each order. */
    private static final List<String> METHODS = List.of("value", "gradients", "hessians");

    private final LoopNest nest;
    private final ClassName name;

    private TornadoEmitter(LoopNest nest) {
        this.nest = nest;
        this.name = DeviceTypes.kernelsOf(nest.formula());
    }

    /**
     * The generated source file for a formula on elements or rows; empty if it has more arrays than TornadoVM accepts.
     * Each work-item has the buffers of its loops for itself.
     */
    public static Optional<JavaFile> emit(LoopNest nest) {
        return new DeviceKernel(nest, greatestOrder(nest), false).fits()
                ? Optional.of(new TornadoEmitter(nest).file())
                : Optional.empty();
    }

    /**
     * The generated source file for a formula over the batch; empty if a step has more arrays than TornadoVM accepts.
     *
     * @param nest the loops of the same formula
     */
    public static Optional<JavaFile> emit(BatchProgram program, LoopNest nest) {
        return BatchEmitter.emit(program, nest);
    }

    private JavaFile file() {
        boolean shared = SharedRow.fits(nest);
        TypeSpec.Builder type = DeviceTypes.kernelClass(nest.formula(), DeviceTypes.UNIT_KERNELS);
        List<MethodSpec> kernels = new ArrayList<>();
        for (int order = greatestOrder(nest); order >= 0; order--) {
            String method = METHODS.get(order);
            DeviceKernel ofUnits = new DeviceKernel(nest, order, false);
            type.addMethod(task(method, ofUnits, shared));
            kernels.add(ofUnits.method(method + "OfUnits"));
            if (shared) {
                kernels.add(new DeviceKernel(nest, order, true).method(method + "OfSharedRows"));
            }
        }
        type.addMethod(IndexChecks.method(nest));
        if (shared) {
            type.addMethod(canShareRows());
        }
        if (!nest.buffers().isEmpty()) {
            type.addMethod(addTables());
        }
        return DeviceTypes.file(nest.formula(), type.addMethods(kernels).build());
    }

    private static int greatestOrder(LoopNest nest) {
        return nest.formula().diagonalHessian() ? 2 : 1;
    }

    private static MethodSpec canShareRows() {
        return MethodSpec.methodBuilder("canShareRows")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(boolean.class)
                .addStatement("return true")
                .build();
    }

    private MethodSpec addTables() {
        HostExtents extents = new HostExtents("extents");
        CodeBlock tables = nest.buffers().stream()
                .map(buffer -> extents.declaration("tables", buffer))
                .collect(CodeBlock.joining(""));
        return MethodSpec.methodBuilder("addTables")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(DeviceTypes.TABLES, "tables")
                .addParameter(DeviceTypes.EXTENTS, "extents")
                .addCode(extents.head())
                .addCode(tables)
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
