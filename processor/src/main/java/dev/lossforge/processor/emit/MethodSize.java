package dev.lossforge.processor.emit;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;

/**
 * Whether generated methods fit the limit of the class file format, 65,535 bytes of code. Measured on many kinds of
 * kernels, javac generates at most 0.6 bytes per character of source.
 *
 * @see <a href="https://docs.oracle.com/javase/specs/jvms/se21/html/jvms-4.html#jvms-4.11">The Java Virtual Machine
 *     Specification, limitations</a>
 */
final class MethodSize {

    static final int MAX_CHARACTERS = 100_000;

    private MethodSize() {}

    /** Whether each method of the file is short enough. */
    static boolean fits(JavaFile file) {
        return fits(file.typeSpec());
    }

    private static boolean fits(TypeSpec type) {
        return type.methodSpecs().stream().noneMatch(MethodSize::isTooLong)
                && type.typeSpecs().stream().allMatch(MethodSize::fits);
    }

    private static boolean isTooLong(MethodSpec method) {
        return method.code().toString().length() > MAX_CHARACTERS;
    }
}
