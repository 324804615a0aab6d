package dev.lossforge.processor;

import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.describe.FormulaDescription;
import java.util.List;

/** What is generated from a formula: the sources of its classes, and its description. */
record TranslatedFormula(List<JavaFile> files, FormulaDescription description) {

    TranslatedFormula {
        files = List.copyOf(files);
    }
}
