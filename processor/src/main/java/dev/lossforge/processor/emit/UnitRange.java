package dev.lossforge.processor.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;
import javax.lang.model.element.Modifier;

/** The common signature of generated methods on a range of units. */
public final class UnitRange {
    /** {@code KernelFrame frame, int from, int to}. */
    public static final List<ParameterSpec> PARAMETERS = List.of(
            ParameterSpec.builder(RuntimeTypes.FRAME, "frame").build(),
            ParameterSpec.builder(int.class, "from").build(),
            ParameterSpec.builder(int.class, "to").build());

    private UnitRange() {}

    /** A kernel, which returns the sum of the units' losses. */
    public static MethodSpec.Builder kernel(String name) {
        return MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .returns(double.class)
                .addParameters(PARAMETERS);
    }
}
