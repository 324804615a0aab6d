package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.lossforge.processor.emit.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/**
 * The class that holds the vector loops of a loss. It names nothing but the JDK: arrays, ranges and scalars come as
 * arguments. The class of the loss loads it only where the JVM has the Vector API.
 */
final class VectorClass {
    private final ClassName name;
    private final Names methodNames = new Names(Stream.concat(
                    Arrays.stream(LaneReduction.values()).map(LaneReduction::method),
                    Arrays.stream(ColumnCopy.values()).map(ColumnCopy::method).distinct())
            .toArray(String[]::new));
    private final List<MethodSpec> methods = new ArrayList<>();
    private final Set<LaneReduction> reductions = EnumSet.noneOf(LaneReduction.class);
    private final Set<ColumnCopy> copies = EnumSet.noneOf(ColumnCopy.class);

    VectorClass(String packageName, String lossName) {
        this.name = ClassName.get(packageName, lossName + "Vectors");
    }

    ClassName name() {
        return name;
    }

    boolean isEmpty() {
        return methods.isEmpty();
    }

    String freshMethod(String suggestion) {
        return methodNames.fresh(suggestion);
    }

    void add(MethodSpec method) {
        methods.add(method);
    }

    /** Says that a method calls some of those that combine the lanes of a reduction. */
    void reducesBy(List<LaneReduction> used) {
        reductions.addAll(used);
    }

    /** A call of a method that copies rows to columns or back. */
    CodeBlock copy(ColumnCopy copy, Object... arguments) {
        copies.add(copy);
        return CodeBlock.builder()
                .addStatement(
                        "$T.$L($L)",
                        name,
                        copy.method(),
                        Arrays.stream(arguments)
                                .map(argument -> CodeBlock.of("$L", argument))
                                .collect(CodeBlock.joining(", ")))
                .build();
    }

    JavaFile file() {
        TypeSpec.Builder type = TypeSpec.classBuilder(name)
                .addModifiers(Modifier.FINAL)
                .addJavadoc(
                        "The vector loops of {@code $L}.\n", name.simpleName().replaceAll("Vectors$", ""))
                .addField(constant(
                        VectorTypes.FLOAT_SPECIES,
                        "FLOATS",
                        CodeBlock.of("$T.SPECIES_PREFERRED", VectorTypes.FLOAT_VECTOR)))
                .addField(constant(
                        VectorTypes.INT_SPECIES, "INTS", CodeBlock.of("$T.SPECIES_PREFERRED", VectorTypes.INT_VECTOR)))
                .addField(constant(TypeName.INT, "LANES", CodeBlock.of("FLOATS.length()")))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        if (reductions.contains(LaneReduction.SUM)) {
            type.addField(constant(
                    VectorTypes.DOUBLE_SPECIES,
                    "DOUBLES",
                    CodeBlock.of("$T.SPECIES_PREFERRED", VectorTypes.DOUBLE_VECTOR)));
            LaneReduction.HALVES.forEach(n -> type.addField(constant(
                    VectorTypes.DOUBLE_SHUFFLE,
                    LaneReduction.rotation(n),
                    CodeBlock.of("$T.iota(DOUBLES, $L, 1, true)", VectorTypes.SHUFFLE, n))));
        }
        methods.forEach(type::addMethod);
        reductions.forEach(reduction -> type.addMethod(reduction.write()));
        copies.forEach(copy -> type.addMethod(copy.write()));
        return JavaFile.builder(name.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(value)
                .build();
    }
}
