package dev.lossforge.cli.numbers;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * A number, or nested arrays of numbers. Arrays on the same level have the same length.
 *
 * @param where the user's name for the source of the numbers, such as {@code --target}
 * @param numbers the numbers as written, in row-major order; NaN and infinities as in Java
 */
public record NestedNumbers(String where, Shape shape, List<String> numbers) {

    /**
     * The numbers as the nearest 32-bit floats.
     *
     * @throws ArgumentException if a finite number exceeds their range
     */
    public Tensor floats() {
        Tensor tensor = Tensor.zeros(shape);
        for (int i = 0; i < numbers.size(); i++) {
            String number = numbers.get(i);
            float value = Float.parseFloat(number);
            if (Float.isInfinite(value) && !number.endsWith("Infinity")) {
                throw new ArgumentException("%s%s is %s, which exceeds 32-bit floats; write Infinity if you mean that"
                        .formatted(where, place(i), number));
            }
            tensor.array()[i] = value;
        }
        return tensor;
    }

    /**
     * The numbers as ints.
     *
     * @throws ArgumentException if one is not a whole number of at most 32 bits
     */
    public IntTensor ints() {
        IntTensor tensor = IntTensor.zeros(shape);
        for (int i = 0; i < numbers.size(); i++) {
            double value = Double.parseDouble(numbers.get(i));
            if ((int) value != value) {
                throw new ArgumentException("%s%s is %s, but must be a whole number of at most 32 bits"
                        .formatted(where, place(i), numbers.get(i)));
            }
            tensor.array()[i] = (int) value;
        }
        return tensor;
    }

    /** The position of an entry, as in {@code [0][2]}. */
    private String place(int entry) {
        StringBuilder place = new StringBuilder();
        int rest = entry;
        for (int axis = shape.rank() - 1; axis >= 0; axis--) {
            place.insert(0, "[" + rest % shape.extent(axis) + "]");
            rest /= shape.extent(axis);
        }
        return place.toString();
    }

    /** The values of a tensor as a number or as nested lists of numbers, for a JSON writer. */
    public static Object listsOf(Tensor tensor) {
        return lists(tensor, 0, 0);
    }

    private static Object lists(Tensor tensor, int axis, int from) {
        Shape shape = tensor.shape();
        if (axis == shape.rank()) {
            return tensor.array()[from];
        }
        int size = 1;
        for (int inner = axis + 1; inner < shape.rank(); inner++) {
            size *= shape.extent(inner);
        }
        List<Object> entries = new ArrayList<>(shape.extent(axis));
        for (int i = 0; i < shape.extent(axis); i++) {
            entries.add(lists(tensor, axis + 1, from + i * size));
        }
        return entries;
    }
}
