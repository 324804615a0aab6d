package dev.lossforge.processor.emit.jvm;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;

/** The types of the Vector API that generated code names. */
final class VectorTypes {
    private static final String PACKAGE = "jdk.incubator.vector";

    static final ClassName FLOAT_VECTOR = ClassName.get(PACKAGE, "FloatVector");
    static final ClassName DOUBLE_VECTOR = ClassName.get(PACKAGE, "DoubleVector");
    static final ClassName INT_VECTOR = ClassName.get(PACKAGE, "IntVector");
    static final ClassName OPERATORS = ClassName.get(PACKAGE, "VectorOperators");

    static final TypeName FLOAT_MASK = of("VectorMask", Float.class);
    static final TypeName INT_MASK = of("VectorMask", Integer.class);
    static final TypeName FLOAT_SPECIES = of("VectorSpecies", Float.class);
    static final TypeName DOUBLE_SPECIES = of("VectorSpecies", Double.class);
    static final TypeName INT_SPECIES = of("VectorSpecies", Integer.class);

    private VectorTypes() {}

    private static TypeName of(String type, Class<?> element) {
        return ParameterizedTypeName.get(ClassName.get(PACKAGE, type), ClassName.get(element));
    }
}
