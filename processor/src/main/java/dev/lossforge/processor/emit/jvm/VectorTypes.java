package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import dev.lossforge.processor.vector.VectorKind;

/** The types of the Vector API that generated code names. */
final class VectorTypes {
    private static final String PACKAGE = "jdk.incubator.vector";

    static final ClassName FLOAT_VECTOR = ClassName.get(PACKAGE, "FloatVector");
    static final ClassName DOUBLE_VECTOR = ClassName.get(PACKAGE, "DoubleVector");
    static final ClassName INT_VECTOR = ClassName.get(PACKAGE, "IntVector");
    static final ClassName SHUFFLE = ClassName.get(PACKAGE, "VectorShuffle");
    static final ClassName OPERATORS = ClassName.get(PACKAGE, "VectorOperators");

    static final TypeName FLOAT_MASK = of("VectorMask", Float.class);
    static final TypeName INT_MASK = of("VectorMask", Integer.class);
    static final TypeName FLOAT_SPECIES = of("VectorSpecies", Float.class);
    static final TypeName DOUBLE_SPECIES = of("VectorSpecies", Double.class);
    static final TypeName INT_SPECIES = of("VectorSpecies", Integer.class);

    static final TypeName DOUBLE_SHUFFLE = of("VectorShuffle", Double.class);

    private VectorTypes() {}

    /** The type of a vector with such lanes. */
    static TypeName of(VectorKind kind) {
        return switch (kind) {
            case FLOAT -> FLOAT_VECTOR;
            case INT -> INT_VECTOR;
            case MASK -> FLOAT_MASK;
        };
    }

    private static TypeName of(String type, Class<?> element) {
        return ParameterizedTypeName.get(ClassName.get(PACKAGE, type), ClassName.get(element));
    }
}
