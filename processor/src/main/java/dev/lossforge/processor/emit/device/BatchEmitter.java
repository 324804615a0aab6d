package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.emit.IndexChecks;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Statement;
import dev.lossforge.processor.loop.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** Emits the class with the kernels of a loss over the batch for TornadoVM: one for each step. */
final class BatchEmitter {
    private final BatchProgram program;
    private final LoopNest nest;
    private final ClassName name;
    private final HostExtents extents = new HostExtents("arguments");
    private final Names methodNames = new Names("plan", "requireIndices");
    private final List<Part> parts = new ArrayList<>();

    /** A step with its kernel. */
    private record Part(Step step, StepKernel kernel, String method) {}

    private BatchEmitter(BatchProgram program, LoopNest nest) {
        this.program = program;
        this.nest = nest;
        this.name = DeviceTypes.kernelsOf(program.formula());
        for (Step step : program.steps()) {
            StepKernel kernel = new StepKernel(program, step, program.tables().size() + parts.size());
            parts.add(new Part(step, kernel, methodNames.fresh(step.name())));
        }
    }

    /**
     * The generated source file; empty if a step uses more arrays than TornadoVM accepts.
     *
     * @param nest the loops of the same formula
     */
    static Optional<JavaFile> emit(BatchProgram program, LoopNest nest) {
        BatchEmitter emitter = new BatchEmitter(program, nest);
        boolean fits = emitter.parts.stream()
                .allMatch(part -> part.kernel().arguments().size() < KernelArgument.MAX);
        return fits ? Optional.of(emitter.file()) : Optional.empty();
    }

    private JavaFile file() {
        TypeSpec.Builder type = DeviceTypes.kernelClass(program.formula(), DeviceTypes.BATCH_KERNELS)
                .addMethod(plan())
                .addMethod(IndexChecks.method(nest));
        parts.forEach(part -> type.addMethod(part.kernel().method(part.method())));
        return DeviceTypes.file(program.formula(), type.build());
    }

    private MethodSpec plan() {
        CodeBlock.Builder body = CodeBlock.builder();
        program.tables().forEach(table -> body.add(extents.declaration("plan", table.buffer())));
        parts.forEach(part -> body.add(addition(part)));
        return MethodSpec.methodBuilder("plan")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(DeviceTypes.BATCH_PLAN, "plan")
                .addParameter(DeviceTypes.ARGUMENTS, "arguments")
                .addCode(extents.head())
                .addCode(body.build())
                .build();
    }

    private CodeBlock addition(Part part) {
        CodeBlock passed =
                part.kernel().arguments().stream().map(KernelArgument::passed).collect(CodeBlock.joining(", "));
        CodeBlock points = part.step().points().stream()
                .map(p -> CodeBlock.of(", $L", extents.of(p.extent())))
                .collect(CodeBlock.joining(""));
        return CodeBlock.builder()
                .addStatement(
                        "plan.step($S, $L, $L, (graph, task, c) -> graph.task(task, $T::$L, c, $L)$L)",
                        part.method(),
                        part.step().ofValue(),
                        rounds(part.step()),
                        name,
                        part.method(),
                        passed,
                        points)
                .build();
    }

    /** The number of rounds in the loops of a step; 0 without loops. */
    private CodeBlock rounds(Step step) {
        return step.statements().stream()
                .filter(Statement.Loop.class::isInstance)
                .map(s -> ((Statement.Loop) s).index().extent())
                .map(extent -> HostExtents.isKnown(extent)
                        ? extents.of(extent)
                        : CodeBlock.of("$T.MANY", DeviceTypes.BATCH_PLAN))
                .reduce((a, b) -> a.equals(b) ? a : CodeBlock.of("$T.more($L, $L)", DeviceTypes.BATCH_PLAN, a, b))
                .orElse(CodeBlock.of("0"));
    }
}
