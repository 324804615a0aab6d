package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.emit.IndexChecks;
import dev.lossforge.processor.emit.Names;
import dev.lossforge.processor.emit.RuntimeTypes;
import dev.lossforge.processor.emit.UnitRange;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.CaseNest;
import dev.lossforge.processor.loop.FirstOrder;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.PartNest;
import dev.lossforge.processor.loop.Statement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/** Emits the class of a formula: constructors, Javadoc, and kernels for the JVM. */
public final class JvmEmitter {
    private final Derivatives derivatives;
    private final LoopNest nest;
    private final LoopNest vectorNest;
    private final List<PartNest> parts;
    private final List<CaseNest> cases;
    private final Formula formula;
    private final Names methodNames = new Names("run", "runPart", "SIGNATURE", "VECTORS");
    private final Optional<VectorClass> vectors;
    private final TypeSpec.Builder type;
    private final OptionalInt longestLaneRow;

    private JvmEmitter(
            Derivatives derivatives,
            LoopNest nest,
            LoopNest vectorNest,
            List<PartNest> parts,
            List<CaseNest> cases,
            boolean withVectors,
            OptionalInt longestLaneRow) {
        this.vectorNest = vectorNest;
        this.longestLaneRow = longestLaneRow;
        this.derivatives = derivatives;
        this.nest = nest;
        this.parts = parts;
        this.cases = cases;
        this.formula = nest.formula();
        this.vectors = withVectors
                ? Optional.of(new VectorClass(formula.packageName(), formula.className()))
                : Optional.empty();
        this.type = TypeSpec.classBuilder(formula.className()).addModifiers(Modifier.PUBLIC, Modifier.FINAL);
    }

    /**
     * The generated source files.
     *
     * @param derivatives what the loops compute, for the documentation
     * @param vectorNest the loops that vector code runs, which may leave to the others what is rare
     * @param parts what is reported beside it
     * @param cases the loops for calls that have vector loops of their own
     * @param withVectors whether vector loops are to be generated, too
     */
    public static JvmSources emit(
            Derivatives derivatives,
            LoopNest nest,
            LoopNest vectorNest,
            List<PartNest> parts,
            List<CaseNest> cases,
            boolean withVectors) {
        return new JvmEmitter(derivatives, nest, vectorNest, parts, cases, withVectors, OptionalInt.empty()).sources();
    }

    /** The same with another limit of what is a short row. */
    static JvmSources emit(
            Derivatives derivatives,
            LoopNest nest,
            LoopNest vectorNest,
            List<PartNest> parts,
            boolean withVectors,
            int longestLaneRow) {
        return new JvmEmitter(
                        derivatives, nest, vectorNest, parts, List.of(), withVectors, OptionalInt.of(longestLaneRow))
                .sources();
    }

    private JvmSources sources() {
        JavaFile loss = file();
        return new JvmSources(loss, vectors.filter(v -> !v.isEmpty()).map(VectorClass::file));
    }

    private JavaFile file() {
        boolean regularizer = formula.kind() == Formula.Kind.REGULARIZER;
        type.superclass(regularizer ? RuntimeTypes.GENERATED_REGULARIZER : RuntimeTypes.GENERATED_LOSS);
        type.addAnnotation(AnnotationSpec.builder(ClassName.get("javax.annotation.processing", "Generated"))
                .addMember("value", "$S", "dev.lossforge.processor.LossforgeProcessor")
                .build());
        type.addJavadoc(LossJavadoc.of(derivatives, parts));
        SignatureCode signature = new SignatureCode(nest, parts);
        type.addField(signature.field());
        signature.constructors().forEach(type::addMethod);
        addKernels();
        addParts();
        addVectorSwitch();
        return JavaFile.builder(formula.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    /** Whether vector loops can be used, found out when the class is loaded. */
    private void addVectorSwitch() {
        if (vectors.filter(v -> !v.isEmpty()).isEmpty()) {
            return;
        }
        type.addField(FieldSpec.builder(boolean.class, "VECTORS", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.isPresent()", RuntimeTypes.VECTOR_MODULE)
                .build());
        type.addStaticBlock(CodeBlock.builder()
                .beginControlFlow("if (VECTORS)")
                .addStatement(
                        "$T.class.getModule().addReads($T.get())",
                        ClassName.get(formula.packageName(), formula.className()),
                        RuntimeTypes.VECTOR_MODULE)
                .endControlFlow()
                .build());
    }

    private void addKernels() {
        CodeBlock.Builder run = CodeBlock.builder().add(IndexChecks.of(nest));
        run.beginControlFlow("if (frame.wantsDerivatives())");
        run.add(UntouchedDerivatives.of(formula, nest.statements()));
        addDerivatives(run);
        run.endControlFlow();
        run.add(bodies(nest, vectorNest, LoopNest::valueStatements, "value", cases));
        type.addMethod(MethodSpec.methodBuilder("run")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(double.class)
                .addParameters(UnitRange.PARAMETERS)
                .addCode(run.build())
                .build());
    }

    /** A kernel for each part, which knows no derivatives, and the choice between them by position. */
    private void addParts() {
        if (parts.isEmpty()) {
            return;
        }
        CodeBlock.Builder choice = CodeBlock.builder().beginControlFlow("return switch (part)");
        for (int i = 0; i < parts.size(); i++) {
            choice.addStatement("case $L -> $L(frame, from, to)", i, addPart(parts.get(i)));
        }
        choice.addStatement("default -> super.runPart(part, frame, from, to)")
                .unindent()
                .add("};\n");
        type.addMethod(MethodSpec.methodBuilder("runPart")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(double.class)
                .addParameter(int.class, "part")
                .addParameters(UnitRange.PARAMETERS)
                .addCode(choice.build())
                .build());
    }

    /** Adds the kernel of a part and returns its name. */
    private String addPart(PartNest part) {
        String name = methodNames.fresh(part.name());
        CodeBlock body = CodeBlock.builder()
                .add(IndexChecks.of(part.nest()))
                .add(bodies(part.nest(), part.nest(), LoopNest::valueStatements, part.name(), List.of()))
                .build();
        type.addMethod(UnitRange.kernel(name).addCode(body).build());
        return name;
    }

    private void addDerivatives(CodeBlock.Builder run) {
        if (formula.diagonalHessian()) {
            run.beginControlFlow("if (frame.wantsHessians())")
                    .add(bodies(nest, vectorNest, LoopNest::statements, "hessian", List.of()))
                    .endControlFlow();
        }
        run.add(bodies(nest, vectorNest, n -> FirstOrder.of(n.statements()), "gradient", cases));
    }

    /**
     * The choice between the bodies of one program; adds their methods.
     *
     * @param inVectors the same program for vector loops
     * @param statements those of a program that are to run
     * @param cases programs that replace this one where their condition holds
     */
    private CodeBlock bodies(
            LoopNest program,
            LoopNest inVectors,
            Function<LoopNest, List<Statement>> statements,
            String what,
            List<CaseNest> cases) {
        String scalar = methodNames.fresh(what
                + switch (formula.scope()) {
                    case ELEMENT -> "OfElements";
                    case SAMPLE -> "OfRows";
                    case BATCH -> "OfBatch";
                });
        type.addMethod(RowKernel.scalar(program, statements.apply(program), scalar));
        CodeBlock.Builder code = CodeBlock.builder();
        vectors.ifPresent(target -> code.add(new VectorBodies(formula, type, methodNames, target, longestLaneRow)
                .of(inVectors, cases, statements, what, scalar)));
        return code.addStatement("return $L(frame, from, to)", scalar).build();
    }
}
