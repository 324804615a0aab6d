package dev.lossforge.processor;

import dev.lossforge.processor.describe.FormulaDescription;
import dev.lossforge.processor.emit.GeneratedSource;
import java.util.List;
import java.util.Optional;

/**
 * The result of compiling a formula: the sources of its classes, and its description.
 *
 * @param files the sources that the build compiles
 * @param vectorLoops the source that the processor compiles itself
 */
record TranslatedFormula(
        List<GeneratedSource> files, Optional<GeneratedSource> vectorLoops, FormulaDescription description) {

    TranslatedFormula {
        files = List.copyOf(files);
    }
}
