package dev.lossforge.processor;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.describe.FormulaDescription;
import java.util.List;
import java.util.Optional;

/**
 * The result of compiling a formula: the sources of its classes, and its description.
 *
 * @param files the sources that the build compiles
 * @param vectorLoops the source that the processor compiles itself
 */
record TranslatedFormula(List<JavaFile> files, Optional<JavaFile> vectorLoops, FormulaDescription description) {

    TranslatedFormula {
        files = List.copyOf(files);
    }
}
