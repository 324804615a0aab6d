package dev.lossforge.processor;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.describe.FormulaDescription;
import java.util.List;
import java.util.Optional;

/**
 * What is generated from a formula: the sources of its classes, and its description.
 *
 * @param files what the build compiles
 * @param vectorLoops what the processor compiles itself
 */
record TranslatedFormula(List<JavaFile> files, Optional<JavaFile> vectorLoops, FormulaDescription description) {

    TranslatedFormula {
        files = List.copyOf(files);
    }
}
