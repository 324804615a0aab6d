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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * The class that holds the vector loops of a loss. It names nothing but the JDK: arrays, ranges and scalars come as
 * arguments. The class of the loss loads it only where the JVM has the Vector API.
 */
final class VectorClass {
    /** The number of lanes that scratch memory has room for: more than any processor has. */
    static final int MAX_LANES = 64;

    private final ClassName name;
    private final Names methodNames = new Names("sum", "first");
    private final List<MethodSpec> methods = new ArrayList<>();
    private final Set<String> reductions = new HashSet<>();

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

    /** Says that a method calls one of those that combine the lanes of a reduction. */
    void reducesBy(String reduction) {
        reductions.add(reduction);
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
        if (reductions.contains("sum")) {
            type.addField(constant(
                    VectorTypes.DOUBLE_SPECIES,
                    "DOUBLES",
                    CodeBlock.of("$T.SPECIES_PREFERRED", VectorTypes.DOUBLE_VECTOR)));
        }
        methods.forEach(type::addMethod);
        reductions().stream().filter(r -> reductions.contains(r.name())).forEach(type::addMethod);
        return JavaFile.builder(name.packageName(), type.build())
                .indent("    ")
                .skipJavaLangImports(true)
                .build();
    }

    /** What combines the lanes of a reduction after its loop, in a fixed order. */
    private static List<MethodSpec> reductions() {
        return List.of(sum(), firstOfGreatest());
    }

    private static MethodSpec sum() {
        return MethodSpec.methodBuilder("sum")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameter(double[].class, "sums")
                .addStatement("double even = 0")
                .addStatement("double odd = 0")
                .beginControlFlow("for (int i = 0; i < LANES / 2; i += 2)")
                .addStatement("even += sums[i]")
                .addStatement("odd += sums[i + 1]")
                .endControlFlow()
                .addStatement("return even + odd")
                .build();
    }

    /**
     * Behind the values of all lanes stand their positions, −1 in a lane that has none. NaN is greater than numbers.
     */
    private static MethodSpec firstOfGreatest() {
        return MethodSpec.methodBuilder("first")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(float[].class, "lanes")
                .addParameter(float.class, "sign")
                .addParameter(double[].class, "results")
                .addParameter(int.class, "at")
                .addStatement("float best = Float.NEGATIVE_INFINITY")
                .addStatement("int position = -1")
                .beginControlFlow("for (int i = 0; i < LANES; i++)")
                .addStatement("float value = sign * lanes[i]")
                .addStatement("int candidate = (int) lanes[LANES + i]")
                .addStatement("boolean greater = value > best || value != value && best == best")
                .addStatement("boolean same = value == best || value != value && best != best")
                .beginControlFlow("if (candidate >= 0 && (position < 0 || greater || same && candidate < position))")
                .addStatement("best = value")
                .addStatement("position = candidate")
                .endControlFlow()
                .endControlFlow()
                .addStatement("results[at] = sign * best")
                .addStatement("results[at + 1] = position")
                .build();
    }

    private static FieldSpec constant(TypeName type, String name, CodeBlock value) {
        return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(value)
                .build();
    }
}
