package dev.lossforge.processor.testing;

import com.google.testing.compile.Compiler;
import java.io.File;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The compiler for tests. Its class path holds only what formulas and kernels need: javac reads the index of every jar
 * on the class path in every compilation, which takes longer than most formulas.
 */
public final class Javac {

    /** Each is in another library; those for TornadoVM are there only in the tests on devices. */
    private static final List<String> NEEDED = List.of(
            "dev.lossforge.dsl.Loss",
            "dev.lossforge.runtime.loss.LossFunction",
            "dev.lossforge.runtime.cpu.CpuBackend",
            "dev.lossforge.runtime.tornadovm.TornadoBackend",
            "uk.ac.manchester.tornado.api.KernelContext",
            "org.jspecify.annotations.Nullable");

    /** The libraries that compiled formulas need. */
    static final List<File> CLASS_PATH =
            NEEDED.stream().flatMap(name -> library(name).stream()).toList();

    private Javac() {}

    /** javac with the libraries that formulas need. */
    public static Compiler compiler() {
        return Compiler.javac().withClasspath(CLASS_PATH);
    }

    /** javac with further folders of classes. */
    static Compiler compiler(File... folders) {
        return Compiler.javac()
                .withClasspath(
                        Stream.concat(Stream.of(folders), CLASS_PATH.stream()).toList());
    }

    private static Optional<File> library(String className) {
        try {
            Class<?> type = Class.forName(className, false, Javac.class.getClassLoader());
            return Optional.of(new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI()));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
