package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The methods of a vector class that copy rows to columns and back: entry j of row k is {@code rows[at + k · length + j]}
 * and {@code columns[j · size + k]}. A vector gathers its lanes wherever they stand and is then written as a whole. That
 * takes half the time of copying numbers one by one, and does not depend on the length of a row.
 */
enum ColumnCopy {
    /** Rows of floats to columns. */
    LOAD,
    /** Rows of ints to columns. */
    LOAD_INTS,
    /** Columns of floats to rows. */
    STORE;

    String method() {
        return switch (this) {
            case LOAD, LOAD_INTS -> "toColumns";
            case STORE -> "toRows";
        };
    }

    MethodSpec write() {
        return MethodSpec.methodBuilder(method())
                .addModifiers(Modifier.STATIC)
                .addParameters(parameters())
                .addCode(
                        switch (this) {
                            case LOAD -> load(TypeName.FLOAT, VectorTypes.FLOAT_VECTOR, "FLOATS");
                            case LOAD_INTS -> load(TypeName.INT, VectorTypes.INT_VECTOR, "INTS");
                            case STORE -> store();
                        })
                .build();
    }

    private List<ParameterSpec> parameters() {
        return switch (this) {
            case LOAD -> parameters(float[].class, "rows", "at", "length", "columns", "size");
            case LOAD_INTS -> parameters(int[].class, "rows", "at", "length", "columns", "size");
            case STORE -> parameters(float[].class, "columns", "size", "rows", "at", "length");
        };
    }

    /** Parameters of which those named rows and columns are arrays, and the number of rows. */
    private static List<ParameterSpec> parameters(Class<?> array, String... names) {
        return Stream.concat(Stream.of(names), Stream.of("n"))
                .map(name -> ParameterSpec.builder(
                                name.equals("rows") || name.equals("columns") ? array : int.class, name)
                        .build())
                .toList();
    }

    /** A vector holds the same entry of successive rows. */
    private static CodeBlock load(TypeName type, TypeName vector, String species) {
        return CodeBlock.builder()
                .addStatement("int[] order = new int[LANES]")
                .beginControlFlow("for (int k = 0; k < LANES; k++)")
                .addStatement("order[k] = k * length")
                .endControlFlow()
                .addStatement("int bound = $L.loopBound(n)", species)
                .beginControlFlow("for (int k = 0; k < bound; k += LANES)")
                .addStatement("int row = at + k * length")
                .beginControlFlow("for (int j = 0; j < length; j++)")
                .addStatement(
                        "$T.fromArray($L, rows, row + j, order, 0).intoArray(columns, j * size + k)", vector, species)
                .endControlFlow()
                .endControlFlow()
                .add(rest("columns[j * size + k] = rows[at + k * length + j]"))
                .build();
    }

    /** A vector holds successive entries of the rows, the first of which may be in the middle of a row. */
    private static CodeBlock store() {
        return CodeBlock.builder()
                .addStatement("int[] order = new int[LANES * length]")
                .beginControlFlow("for (int k = 0; k < LANES; k++)")
                .beginControlFlow("for (int j = 0; j < length; j++)")
                .addStatement("order[k * length + j] = j * size + k")
                .endControlFlow()
                .endControlFlow()
                .addStatement("int bound = FLOATS.loopBound(n)")
                .beginControlFlow("for (int j = 0; j < length; j++)")
                .beginControlFlow("for (int k = 0; k < bound; k += LANES)")
                .addStatement(
                        "$T.fromArray(FLOATS, columns, k, order, j * LANES).intoArray(rows, at + k * length + j * LANES)",
                        VectorTypes.FLOAT_VECTOR)
                .endControlFlow()
                .endControlFlow()
                .add(rest("rows[at + k * length + j] = columns[j * size + k]"))
                .build();
    }

    private static CodeBlock rest(String copy) {
        return CodeBlock.builder()
                .beginControlFlow("for (int k = bound; k < n; k++)")
                .beginControlFlow("for (int j = 0; j < length; j++)")
                .addStatement("$L", copy)
                .endControlFlow()
                .endControlFlow()
                .build();
    }
}
