package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeName;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The methods of a vector class that copy rows to columns and back: entry j of row k is {@code rows[at + k · length +
 * j]} and {@code columns[j · size + k]}. A vector gathers its lanes wherever they stand and is then written as a whole.
 * That takes half the time of copying numbers one by one, and does not depend on the length of a row.
 */
enum ColumnCopy {
    /** Rows of floats to columns. */
    LOAD,
    /** Rows of ints to columns. */
    LOAD_INTS,
    /** Columns of floats to rows. */
    STORE,
    /** One column of floats, {@code column[k]}; {@code at} is its entry in the first row. */
    COLUMN,
    /** One column of ints. */
    COLUMN_OF_INTS;

    private static final Set<String> ARRAYS = Set.of("rows", "columns", "column");

    String method() {
        return switch (this) {
            case LOAD, LOAD_INTS -> "toColumns";
            case STORE -> "toRows";
            case COLUMN, COLUMN_OF_INTS -> "toColumn";
        };
    }

    MethodSpec write() {
        return MethodSpec.methodBuilder(method())
                .addModifiers(Modifier.STATIC)
                .addParameters(parameters())
                .addCode(
                        switch (this) {
                            case LOAD -> load(VectorTypes.FLOAT_VECTOR, "FLOATS");
                            case LOAD_INTS -> load(VectorTypes.INT_VECTOR, "INTS");
                            case STORE -> store();
                            case COLUMN -> column(VectorTypes.FLOAT_VECTOR, "FLOATS");
                            case COLUMN_OF_INTS -> column(VectorTypes.INT_VECTOR, "INTS");
                        })
                .build();
    }

    private List<ParameterSpec> parameters() {
        return switch (this) {
            case LOAD -> parameters(float[].class, "rows", "at", "length", "columns", "size");
            case LOAD_INTS -> parameters(int[].class, "rows", "at", "length", "columns", "size");
            case STORE -> parameters(float[].class, "columns", "size", "rows", "at", "length");
            case COLUMN -> parameters(float[].class, "rows", "at", "length", "column");
            case COLUMN_OF_INTS -> parameters(int[].class, "rows", "at", "length", "column");
        };
    }

    /** Parameters of which some are arrays, by their names, and the number of rows. */
    private static List<ParameterSpec> parameters(Class<?> array, String... names) {
        return Stream.concat(Stream.of(names), Stream.of("n"))
                .map(name -> ParameterSpec.builder(ARRAYS.contains(name) ? array : int.class, name)
                        .build())
                .toList();
    }

    /** A vector holds the same entry of successive rows. */
    private static CodeBlock load(TypeName vector, String species) {
        return CodeBlock.builder()
                .add(ofOne("rows", "at", "columns", "0"))
                .add(everyRow(species))
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

    private static CodeBlock column(TypeName vector, String species) {
        return CodeBlock.builder()
                .add(everyRow(species))
                .beginControlFlow("for (int k = 0; k < bound; k += LANES)")
                .addStatement("$T.fromArray($L, rows, at + k * length, order, 0).intoArray(column, k)", vector, species)
                .endControlFlow()
                .beginControlFlow("for (int k = bound; k < n; k++)")
                .addStatement("column[k] = rows[at + k * length]")
                .endControlFlow()
                .build();
    }

    /** Rows of one are a column as they stand. */
    private static CodeBlock ofOne(String from, String fromAt, String to, String toAt) {
        return CodeBlock.builder()
                .beginControlFlow("if (length == 1)")
                .addStatement("$T.arraycopy($L, $L, $L, $L, n)", System.class, from, fromAt, to, toAt)
                .addStatement("return")
                .endControlFlow()
                .build();
    }

    /** The distances of the same entry in successive rows. */
    private static CodeBlock everyRow(String species) {
        return CodeBlock.builder()
                .addStatement("int[] order = new int[LANES]")
                .beginControlFlow("for (int k = 0; k < LANES; k++)")
                .addStatement("order[k] = k * length")
                .endControlFlow()
                .addStatement("int bound = $L.loopBound(n)", species)
                .build();
    }

    /** A vector holds successive entries of the rows, the first of which may be in the middle of a row. */
    private static CodeBlock store() {
        return CodeBlock.builder()
                .add(ofOne("columns", "0", "rows", "at"))
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
