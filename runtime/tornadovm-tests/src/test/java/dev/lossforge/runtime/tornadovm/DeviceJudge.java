package dev.lossforge.runtime.tornadovm;

import dev.lossforge.processor.testing.Precision;
import dev.lossforge.processor.testing.random.Batch;
import dev.lossforge.processor.testing.random.Case;
import dev.lossforge.processor.testing.random.Compiled;
import dev.lossforge.processor.testing.random.Disagreement;
import dev.lossforge.processor.testing.random.FormulaSource;
import dev.lossforge.processor.testing.random.Gaps;
import dev.lossforge.processor.testing.random.KernelJudge;
import dev.lossforge.processor.testing.random.KernelRun;
import dev.lossforge.processor.testing.random.RandomBatch;
import dev.lossforge.processor.testing.random.RandomSource;
import dev.lossforge.processor.testing.random.Shrinker;
import dev.lossforge.processor.testing.random.Way;
import dev.lossforge.runtime.loss.LossFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A program that judges some random formulas on the first device. It compiles them into a folder on its class path,
 * since TornadoVM takes kernels of the system class loader alone; says what it is about to do, for whoever finds it
 * dead; and tells what disagrees, made small.
 */
final class DeviceJudge {
    /** Each compiles kernels, so that more would take minutes. */
    private static final int MAX_TRIALS = 80;

    private final Path folder;
    private final KernelRun losses = new KernelRun(ClassLoader.getSystemClassLoader());
    private int trials;

    private DeviceJudge(Path folder) {
        this.folder = folder;
    }

    /** Arguments: the folder, the first formula's seed, how many formulas. Exits with 1 if something disagrees. */
    public static void main(String[] args) {
        DeviceJudge judge = new DeviceJudge(Path.of(args[0]));
        boolean agree = judge.judge(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        // TornadoVM's threads would keep the process alive.
        System.exit(agree ? 0 : 1);
    }

    private boolean judge(long first, int count) {
        List<FormulaSource> sources = new ArrayList<>();
        for (long seed = first; seed < first + count; seed++) {
            sources.add(RandomSource.of(seed));
        }
        Compiled compiled = written(Compiled.ofShort(sources));
        boolean agree = true;
        for (FormulaSource source : sources) {
            agree &= judge(compiled, source);
        }
        return agree;
    }

    private Compiled written(Compiled compiled) {
        try {
            compiled.writeTo(folder);
            return compiled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * At tame inputs, with and without gaps, and at extreme ones of the same shape, so that the same plans serve all.
     */
    private boolean judge(Compiled compiled, FormulaSource source) {
        if (!hasKernels(source)) {
            System.out.println(RandomFormulasTest.WITHOUT_KERNELS + source.name());
            return true;
        }
        System.out.println(RandomFormulasTest.JUDGING + source.name());
        for (boolean extreme : new boolean[] {false, true}) {
            SplittableRandom random = new SplittableRandom(source.name().hashCode());
            Batch batch = RandomBatch.of(compiled.formula(source), random, extreme);
            for (Batch each : extreme ? List.of(batch) : Gaps.withAndWithout(batch)) {
                Case drawn = new Case(source, each);
                Optional<Disagreement> wrong = wrong(drawn);
                if (wrong.isPresent()) {
                    System.out.println(Shrinker.shrink(drawn, wrong.get(), this::trial, MAX_TRIALS)
                            .report());
                    return false;
                }
            }
        }
        return true;
    }

    private Optional<Disagreement> wrong(Case drawn) {
        FormulaSource source = drawn.source();
        Batch batch = drawn.batch();
        try (OnDevice device = new OnDevice(losses.create(
                source.className(), batch.call(new float[0], "SUM").parameters()))) {
            KernelJudge.judge(
                    batch.formula(),
                    batch,
                    List.of(
                            new Way(
                                    "the JVM",
                                    Precision.FLOAT,
                                    call -> KernelRun.results(loss(source, call.parameters()), call)),
                            new Way(
                                    "the device",
                                    Precision.DEVICE_FLOAT,
                                    call -> device.results(loss(source, call.parameters()), call))));
            return Optional.empty();
        } catch (Disagreement d) {
            return Optional.of(d);
        } catch (DeviceException e) {
            return Optional.of(new Disagreement(0, "what the device says", e.getMessage(), "a result"));
        }
    }

    private LossFunction loss(FormulaSource source, List<Object> parameters) {
        return losses.create(source.className(), parameters);
    }

    private static boolean hasKernels(FormulaSource source) {
        return ClassLoader.getSystemResource(source.className().replace('.', '/') + "DeviceKernels.class") != null;
    }

    /** What is wrong with another formula, which gets a name of its own, as a class is loaded once. */
    private Optional<Disagreement> trial(Case other) {
        FormulaSource source = other.source().named(other.source().name() + "trial" + trials++);
        try {
            Compiled compiled = written(Compiled.of(List.of(source)));
            return hasKernels(source)
                    ? wrong(new Case(source, other.batch().of(compiled.formula(source))))
                    : Optional.empty();
        } catch (Compiled.RefusedException e) {
            return Optional.empty();
        }
    }
}
