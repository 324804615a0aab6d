package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.JavaFile;
import java.util.Optional;

/**
 * The source files of a formula for the JVM.
 *
 * @param loss the class that users name; compiles without any flag
 * @param vectorLoops the class of its vector loops, which needs the module of the Vector API to compile
 */
public record JvmSources(JavaFile loss, Optional<JavaFile> vectorLoops) {}
