package dev.lossforge.runtime.cpu.internal.parameter;

import dev.lossforge.runtime.backend.BackendException;
import dev.lossforge.runtime.backend.Parameter;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/** The blocks of a flat array that holds one value per trainable value of a model. */
public final class ParameterLayout {
    private final SequencedMap<Parameter, ParameterBlock> blocks = new LinkedHashMap<>();
    private final int size;

    /** Lays the parameters out one after the other, rows padded to multiples of {@code lanes}. */
    public ParameterLayout(List<Parameter> parameters, int lanes) {
        long offset = 0;
        for (Parameter parameter : parameters) {
            ParameterBlock block = ParameterBlock.at((int) offset, parameter, lanes);
            blocks.put(parameter, block);
            offset += (long) block.rows() * block.stride();
            if (offset > Integer.MAX_VALUE - lanes) {
                throw new BackendException("The model has more than " + Integer.MAX_VALUE
                        + " trainable values, the most the CPU backend can hold; make its layers smaller.");
            }
        }
        this.size = (int) offset;
    }

    private ParameterLayout(SequencedMap<Parameter, ParameterBlock> blocks, int size) {
        this.blocks.putAll(blocks);
        this.size = size;
    }

    /** The same positions, without the blocks that no optimizer changes. */
    ParameterLayout trained() {
        SequencedMap<Parameter, ParameterBlock> some = new LinkedHashMap<>(blocks);
        some.keySet().removeIf(parameter -> !parameter.isTrained());
        return new ParameterLayout(some, size);
    }

    /** The length of the flat array. */
    public int size() {
        return size;
    }

    public List<ParameterBlock> blocks() {
        return List.copyOf(blocks.values());
    }

    /** The position of a parameter of the model. */
    public ParameterBlock block(Parameter parameter) {
        ParameterBlock block = blocks.get(parameter);
        if (block == null) {
            throw new IllegalArgumentException("The layout has no parameter '" + parameter.name() + "'.");
        }
        return block;
    }

    /** Copies of all blocks of a flat array, named after their parameters. */
    public SequencedMap<String, Tensor> read(float[] flat, UnaryOperator<String> naming) {
        SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
        for (ParameterBlock block : blocks.values()) {
            tensors.put(naming.apply(block.parameter().name()), block.toTensor(flat));
        }
        return tensors;
    }

    /** Overwrites all blocks of a flat array with the tensors of these names; other tensors are ignored. */
    public void write(Map<String, Tensor> tensors, UnaryOperator<String> naming, float[] flat) {
        for (ParameterBlock block : blocks.values()) {
            String name = naming.apply(block.parameter().name());
            Tensor tensor = tensors.get(name);
            if (tensor == null) {
                throw new IllegalArgumentException("There is no tensor '" + name + "'.");
            }
            block.transposeFrom(tensor.array(), flat);
        }
    }
}
