package dev.lossforge.processor;

import static dev.lossforge.processor.ir.DerivativesVerifier.verified;
import static dev.lossforge.processor.loop.LoopVerifier.verified;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.ad.ReverseMode;
import dev.lossforge.processor.check.FormulaChecks;
import dev.lossforge.processor.check.RangeChecks;
import dev.lossforge.processor.describe.FormulaDescription;
import dev.lossforge.processor.describe.FormulaDescription.AppliedRule;
import dev.lossforge.processor.diagnostic.Message;
import dev.lossforge.processor.diagnostic.Reporter;
import dev.lossforge.processor.emit.GeneratedSource;
import dev.lossforge.processor.emit.device.TornadoEmitter;
import dev.lossforge.processor.emit.jvm.JvmEmitter;
import dev.lossforge.processor.emit.jvm.JvmSources;
import dev.lossforge.processor.frontend.FormulaReader;
import dev.lossforge.processor.frontend.TreePosition;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprText;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.ir.OperationNames;
import dev.lossforge.processor.ir.Part;
import dev.lossforge.processor.ir.Scope;
import dev.lossforge.processor.ir.SourceMap.Position;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.CaseNest;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.Lowering;
import dev.lossforge.processor.loop.PartNest;
import dev.lossforge.processor.loop.Statements;
import dev.lossforge.processor.loop.Tabulation;
import dev.lossforge.processor.rewrite.Application;
import dev.lossforge.processor.rewrite.CallCase;
import dev.lossforge.processor.rewrite.LogSumExpSplitter;
import dev.lossforge.processor.rewrite.LoopForm;
import dev.lossforge.processor.rewrite.Simplifier;
import dev.lossforge.processor.rewrite.Stabilizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.lang.model.element.ExecutableElement;

/** The pipeline from a formula method to the source of the generated class, one line per stage. */
final class FormulaCompiler {

    private final FormulaReader reader;
    private final Reporter<Position> reporter;
    private final GeneratedNames names;
    private final StageDump dump;
    private final boolean explains;
    private final boolean forDevices;
    private final boolean withVectors;

    FormulaCompiler(
            FormulaReader reader,
            Reporter<Position> reporter,
            GeneratedNames names,
            StageDump dump,
            boolean explains,
            boolean forDevices,
            boolean withVectors) {
        this.reader = reader;
        this.reporter = reporter;
        this.names = names;
        this.dump = dump;
        this.explains = explains;
        this.forDevices = forDevices;
        this.withVectors = withVectors;
    }

    /** The generated class; none if the formula has an error, which is then reported. */
    Optional<TranslatedFormula> compile(ExecutableElement method, TreePosition position) {
        reporter.enter(position);
        try {
            return stage("read", () -> reader.read(method).map(formula -> verified(formula)))
                    .filter(formula -> stage("check", () -> FormulaChecks.run(formula, reporter)))
                    .filter(formula -> names.claim(formula, method, position)) // before the work
                    .map(formula -> translate(formula, position))
                    .filter(translated -> fits(translated, method, position));
        } catch (DumpException e) {
            reporter.report(position, Message.DUMP_FAILED, e.folder(), String.valueOf(e.getMessage()));
            return Optional.empty();
        } catch (StageException e) {
            reporter.report(position, Message.STAGE_FAILED, e.stage(), method.getSimpleName(), e.reason());
            return Optional.empty();
        }
    }

    private boolean fits(TranslatedFormula translated, ExecutableElement method, TreePosition position) {
        boolean fits = stage("measure", () -> translated.files().stream().allMatch(GeneratedSource::fits));
        if (!fits) {
            reporter.report(position, Message.KERNEL_TOO_LARGE, method.getSimpleName());
        }
        return fits;
    }

    private TranslatedFormula translate(Formula formula, Position position) {
        dump.write(formula, "1-formula", formula.value());
        Stabilizer.Result stable = stage("stabilise", () -> wellFormed(Stabilizer.rewrite(formula)));
        dump.write(formula, "2-stable", stable.formula().value());
        stage("find ranges", () -> RangeChecks.run(stable.formula(), position, reporter));
        Derivatives joint = stage("differentiate", () -> verified(ReverseMode.differentiate(stable.formula())));
        dump.write(formula, "3-derivatives", joint);
        Derivatives simple = stage("simplify", () -> verified(Simplifier.rewrite(joint)));
        dump.write(formula, "4-simplified", simple);
        explain(formula, stable, position);
        Derivatives precise = stage("split", () -> verified(LogSumExpSplitter.rewrite(simple)));
        dump.write(formula, "5-split", precise);
        LoopNest loops = stage("lower", () -> lowered(precise));
        dump.write(formula, "6-loops", loops);
        LoopNest vectorLoops =
                withVectors && LogSumExpSplitter.differsForVectors(simple) ? lowerForVectors(simple) : loops;
        List<PartNest> parts = stable.formula().parts().stream()
                .map(part -> translate(formula, part, position))
                .toList();
        List<CaseNest> cases = withVectors ? translate(CallCase.of(formula)) : List.of();
        List<GeneratedSource> files = new ArrayList<>();
        JvmSources jvm = stage("emit", () -> JvmEmitter.emit(simple, loops, vectorLoops, parts, cases, withVectors));
        files.add(new GeneratedSource(jvm.loss()));
        Optional<GeneratedSource> vectors = jvm.vectorLoops().map(GeneratedSource::new);
        dump.write(formula, "8-vectors", vectors);
        if (forDevices) {
            deviceKernels(formula, precise, loops, position).ifPresent(files::add);
        }
        return new TranslatedFormula(
                files, vectors, stage("describe", () -> description(formula, stable, simple, loops, parts)));
    }

    /**
     * Translates a part as if the method returned it, without derivatives. It runs after the value is compiled, so
     * marking parts does not change the loss's kernels by a byte.
     */
    private PartNest translate(Formula formula, Part part, Position position) {
        String suffix = "-part-" + part.name();
        Formula stable = stage(
                "stabilise",
                () -> verified(Stabilizer.rewrite(formula.ofPart(part)).formula()));
        dump.write(formula, "2-stable" + suffix, stable.value());
        stage("find ranges", () -> RangeChecks.runOnPart(stable, position, reporter));
        Derivatives value = new Derivatives(stable, List.of(), List.of());
        Derivatives simple = stage("simplify", () -> verified(Simplifier.rewrite(value)));
        LoopNest loops = lower(simple);
        dump.write(formula, "6-loops" + suffix, loops);
        return new PartNest(part.name(), simple.value(), loops);
    }

    private LoopNest lower(Derivatives simple) {
        return stage("lower", () -> lowered(verified(LogSumExpSplitter.rewrite(simple))));
    }

    private LoopNest lowerForVectors(Derivatives simple) {
        return stage("lower for vectors", () -> lowered(verified(LogSumExpSplitter.rewriteForVectors(simple))));
    }

    private static LoopNest lowered(Derivatives split) {
        return verified(Lowering.lower(LoopForm.rewrite(split)));
    }

    /**
     * Translates the cases of a formula in the same way. It reports nothing, because everything has been reported for
     * the formula.
     */
    private List<CaseNest> translate(List<CallCase> cases) {
        List<CaseNest> nests = new ArrayList<>();
        for (CallCase given : cases) {
            Formula stable = stage(
                    "stabilise",
                    () -> verified(Stabilizer.rewrite(given.formula()).formula()));
            Derivatives joint = stage("differentiate", () -> verified(ReverseMode.differentiate(stable)));
            LoopNest loops = lowerForVectors(stage("simplify", () -> verified(Simplifier.rewrite(joint))));
            nests.add(new CaseNest(given.condition(), loops));
            dump.write(given.formula(), "6-loops-case-" + nests.size(), loops);
        }
        return nests;
    }

    /** If no device kernels can be generated, the CPU's remain, so TornadoVM on the class path breaks no build. */
    private Optional<GeneratedSource> deviceKernels(
            Formula formula, Derivatives precise, LoopNest loops, Position position) {
        String hindrance;
        if (formula.scope() == Scope.BATCH && hasScan(formula)) {
            reporter.report(
                    position,
                    Message.NO_DEVICE_KERNELS,
                    formula.methodName(),
                    "it has a scan over the batch, whose steps wait for each other");
            return Optional.empty();
        }
        try {
            Optional<GeneratedSource> file =
                    emitForDevices(formula, precise, loops).map(GeneratedSource::new);
            if (file.isPresent() && file.get().fits()) {
                return file;
            }
            hindrance = file.isPresent()
                    ? "its kernel would be longer than Java allows a method to be"
                    : "its kernel would work on more arrays than TornadoVM takes";
        } catch (StageException e) {
            hindrance = "stage '%s' failed, a bug in Lossforge: %s".formatted(e.stage(), e.reason());
        }
        reporter.report(position, Message.NO_DEVICE_KERNELS, formula.methodName(), hindrance);
        return Optional.empty();
    }

    private static boolean hasScan(Formula formula) {
        return Statements.contains(formula.value(), node -> node instanceof Expr.Scan);
    }

    private Optional<JavaFile> emitForDevices(Formula formula, Derivatives precise, LoopNest loops) {
        if (formula.scope() == Scope.BATCH) {
            BatchProgram steps = stage("tabulate", () -> verified(Tabulation.of(precise)));
            dump.write(formula, "7-steps", steps);
            return stage("emit for devices", () -> TornadoEmitter.emit(steps, loops));
        }
        LoopNest forDevice = stage("lower for devices", () -> verified(Lowering.lowerForDevice(precise, loops)));
        return stage("emit for devices", () -> TornadoEmitter.emit(forDevice));
    }

    private static FormulaDescription description(
            Formula formula, Stabilizer.Result stable, Derivatives simple, LoopNest loops, List<PartNest> parts) {
        List<AppliedRule> rewrites = stable.applications().stream()
                .map(a -> new AppliedRule(
                        a.rule().name(), OperationNames.of(a.rule().assumption()), a.original(), a.replacement()))
                .toList();
        return new FormulaDescription(formula, simple, rewrites, loops, parts);
    }

    private void explain(Formula formula, Stabilizer.Result stable, Position position) {
        if (!explains) {
            return;
        }
        stage("find overflows", () -> RangeChecks.runOnOverflow(stable.formula(), position, reporter));
        for (Application application : stable.applications()) {
            Position at = formula.positions().of(application.original()).stream()
                    .findFirst()
                    .orElse(position);
            String original = ExprText.of(application.original());
            String replacement = ExprText.of(application.replacement());
            reporter.report(
                    at,
                    Message.REWRITTEN,
                    formula.methodName(),
                    application.rule().name(),
                    original,
                    replacement);
        }
    }

    private static Stabilizer.Result wellFormed(Stabilizer.Result stable) {
        verified(stable.formula());
        return stable;
    }

    private static void stage(String name, Runnable stage) {
        stage(name, () -> {
            stage.run();
            return name;
        });
    }

    /** Runs a stage. A failure in it is a defect of the processor. It is reported as such and never thrown at javac. */
    private static <T> T stage(String name, Supplier<T> stage) {
        try {
            return stage.get();
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            throw new StageException(name, e);
        }
    }
}
