package dev.lossforge.processor.testing.random;

import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.testing.CompiledClasses;
import dev.lossforge.processor.testing.SourceReading;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formula methods compiled in one run, with their kernels: ready to be run with either kind of block math. */
public final class Compiled {

    private static final int PER_CLASS = 25;
    private static final Pattern TOO_LONG = Pattern.compile("\\[FormulaSize] The kernel of '(\\w+)'");

    private final Map<String, Formula> formulas = new HashMap<>();
    private final Map<String, Integer> classOf = new HashMap<>();
    private final CompiledClasses methods;
    private final CompiledClasses kernels;
    private final BiFunction<String, KernelCall, Map<String, float[]>> vector;
    private final BiFunction<String, KernelCall, Map<String, float[]>> plain;

    private Compiled(SourceReading reading, CompiledClasses methods) {
        reading.formulas().forEach(f -> formulas.put(f.methodName(), f));
        this.methods = methods;
        this.kernels = new CompiledClasses(reading.compilation());
        this.vector = new KernelRun(kernels);
        ClassLoader runtime = new PlainRuntime(Compiled.class.getClassLoader());
        this.plain = kernels(runtime, new CompiledClasses(reading.compilation(), runtime));
    }

    @SuppressWarnings("unchecked")
    private static BiFunction<String, KernelCall, Map<String, float[]>> kernels(
            ClassLoader runtime, ClassLoader classes) {
        try {
            return (BiFunction<String, KernelCall, Map<String, float[]>>) runtime.loadClass(KernelRun.class.getName())
                    .getConstructor(ClassLoader.class)
                    .newInstance(classes);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /**
     * Compiles formulas.
     *
     * @throws RefusedException if one is refused
     */
    public static Compiled of(List<FormulaSource> sources) {
        return of(sources, UnaryOperator.identity());
    }

    /** Compiles all but those whose kernels are too long for Java, which it takes from the list. */
    public static Compiled ofShort(List<FormulaSource> sources) {
        while (true) {
            try {
                return of(sources);
            } catch (RefusedException e) {
                Set<String> tooLong = TOO_LONG.matcher(e.getMessage())
                        .results()
                        .map(r -> r.group(1))
                        .collect(Collectors.toSet());
                if (!sources.removeIf(source -> tooLong.contains(source.name()))) {
                    throw e;
                }
                System.out.println("Too long for a method of Java: " + tooLong);
            }
        }
    }

    /** The same by a compiler that misreads: kernels come from the changed source, methods from the right one. */
    static Compiled of(List<FormulaSource> sources, UnaryOperator<String> misreading) {
        Map<String, Integer> classOf = new HashMap<>();
        int count = (sources.size() + PER_CLASS - 1) / PER_CLASS;
        String[] files = new String[count];
        for (int i = 0; i < count; i++) {
            StringBuilder members = new StringBuilder(FormulaSource.HELPERS);
            for (FormulaSource source : sources.subList(i * PER_CLASS, Math.min((i + 1) * PER_CLASS, sources.size()))) {
                members.append('\n').append(source.java());
                classOf.put(source.name(), i);
            }
            files[i] = SourceReading.file("Losses" + i, members.toString());
        }
        SourceReading reading =
                SourceReading.withKernels(Arrays.stream(files).map(misreading).toArray(String[]::new));
        if (!reading.compilation().errors().isEmpty()) {
            throw new RefusedException(reading.compilation().errors().toString());
        }
        boolean same = Arrays.stream(files).allMatch(f -> misreading.apply(f).equals(f));
        SourceReading methods = same ? reading : SourceReading.ofFiles(files);
        Compiled compiled = new Compiled(reading, new CompiledClasses(methods.compilation()));
        compiled.classOf.putAll(classOf);
        return compiled;
    }

    /** A formula was refused. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Writes all classes to a folder, for another class loader. */
    public void writeTo(Path folder) throws IOException {
        kernels.writeTo(folder);
    }

    public Formula formula(FormulaSource source) {
        return formulas.get(source.name());
    }

    /**
     * The formula method, run as Java.
     *
     * @throws RefusedException if it reads outside of an array, as a formula may that lost its guard when made smaller
     */
    public float method(FormulaSource source, Object... arguments) {
        Method method = methods.method("sample.Losses" + classOf.get(source.name()), source.name());
        try {
            return (float) method.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            if (e.getCause() instanceof IndexOutOfBoundsException outside) {
                throw new RefusedException(outside.toString());
            }
            throw new LinkageError(source.java(), e);
        }
    }

    /** The kernel on the Vector API. */
    public Map<String, float[]> vector(FormulaSource source, KernelCall call) {
        return vector.apply(source.className(), call);
    }

    /** The kernel on plain Java. */
    public Map<String, float[]> plain(FormulaSource source, KernelCall call) {
        return plain.apply(source.className(), call);
    }
}
