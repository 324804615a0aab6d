package dev.lossforge.processor.emit.device;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import dev.lossforge.processor.ir.Input;
import dev.lossforge.processor.ir.Role;
import dev.lossforge.processor.ir.Type;
import dev.lossforge.processor.loop.Statements;

/** An array argument of a device kernel, and the caller's expression for it. */
record KernelArgument(ClassName type, String name, CodeBlock passed) {
    /** The maximum number of arguments of a TornadoVM task, including the context. */
    static final int MAX = 20;

    static KernelArgument floats(String name) {
        return new KernelArgument(DeviceTypes.FLOAT_ARRAY, name, CodeBlock.of("arguments.$L()", name));
    }

    static KernelArgument ints(String name) {
        return new KernelArgument(DeviceTypes.INT_ARRAY, name, CodeBlock.of("arguments.$L()", name));
    }

    static KernelArgument of(DeviceScope scope, Input input) {
        String from = input.type() == Type.INT ? "ints" : "floats";
        return new KernelArgument(
                DeviceTypes.array(input.type()),
                scope.array(input),
                CodeBlock.of("arguments.$L($L)", from, input.position()));
    }

    /** @param ofParameter where the gradient of a hyperparameter goes */
    static KernelArgument of(DeviceScope scope, Statements.Derivative derivative, String ofParameter) {
        int position = derivative.input().position();
        String ofPrediction = derivative.order() == 1 ? "gradient" : "hessian";
        String from = derivative.input().role() == Role.PARAMETER ? ofParameter : ofPrediction;
        return new KernelArgument(
                DeviceTypes.FLOAT_ARRAY,
                scope.derivative(derivative.order(), derivative.input()),
                CodeBlock.of("arguments.$L($L)", from, position));
    }
}
