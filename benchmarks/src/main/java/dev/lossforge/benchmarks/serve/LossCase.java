package dev.lossforge.benchmarks.serve;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.lossforge.runtime.loss.BoundLoss;
import dev.lossforge.runtime.loss.LossFunction;
import dev.lossforge.runtime.loss.LossInputs;
import dev.lossforge.runtime.loss.LossSignature;
import dev.lossforge.runtime.loss.Reduction;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A loss on inputs that lie in files, its mean and the gradients of all predictions. Here alone, among the classes of
 * this package, stand the runtime's types.
 */
final class LossCase {
    private final BoundLoss bound;
    private final Map<String, float[]> gradients = new LinkedHashMap<>();

    private LossCase(BoundLoss bound) {
        this.bound = bound;
        float scale = (float) (1 / bound.divisor(Reduction.MEAN));
        List<LossSignature.Input> inputs = bound.signature().inputs();
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).role() == LossSignature.Input.Role.PREDICTION) {
                float[] gradient = new float[bound.inputShapes().get(i).size()];
                bound.frame().gradient(i, gradient).scale(scale);
                gradients.put(inputs.get(i).name(), gradient);
            }
        }
    }

    /**
     * A case of the loss of a generated class.
     *
     * @param parameters the arguments of its longest constructor; the entries of a vector are separated by ";"
     * @param inputs each "name:shape:file", the shape as in "4x5", the file little-endian with four bytes an entry
     */
    static LossCase of(String className, List<String> parameters, List<String> inputs) throws IOException {
        LossFunction loss = create(className, parameters);
        LossInputs all = null;
        for (String input : inputs) {
            String[] parts = input.split(":", 3);
            Data data = data(loss, parts[0], parts[1], Path.of(parts[2]));
            all = all == null ? LossInputs.named(parts[0], data) : all.and(parts[0], data);
        }
        if (all == null) {
            throw new IllegalArgumentException("no inputs");
        }
        return new LossCase(BoundLoss.of(loss, all));
    }

    /** Computes value and gradients; the mean of the units' losses. */
    double run() {
        return bound.run() / bound.divisor(Reduction.MEAN);
    }

    /** Writes each gradient into a file of its input's name. */
    void writeGradients(Path folder) throws IOException {
        for (Map.Entry<String, float[]> gradient : gradients.entrySet()) {
            ByteBuffer bytes =
                    ByteBuffer.allocate(4 * gradient.getValue().length).order(LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(gradient.getValue());
            Files.write(folder.resolve(gradient.getKey()), bytes.array());
        }
    }

    private static LossFunction create(String className, List<String> parameters) {
        try {
            Constructor<?> longest = Arrays.stream(Class.forName(className).getConstructors())
                    .max(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow();
            Object[] arguments = new Object[parameters.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = argument(longest.getParameterTypes()[i], parameters.get(i));
            }
            return (LossFunction) longest.newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(className + parameters, e);
        }
    }

    private static Object argument(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.parseInt(text);
        }
        if (type == float.class) {
            return Float.parseFloat(text);
        }
        String[] parts = text.split(";", -1);
        float[] entries = new float[parts.length];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = Float.parseFloat(parts[i]);
        }
        return entries;
    }

    private static Data data(LossFunction loss, String name, String shape, Path file) throws IOException {
        int[] extents =
                Arrays.stream(shape.split("x", -1)).mapToInt(Integer::parseInt).toArray();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(LITTLE_ENDIAN);
        boolean whole = loss.signature().dataInputs().stream()
                .anyMatch(i -> i.name().equals(name) && i.type() == LossSignature.Input.Type.INT);
        if (whole) {
            int[] entries = new int[bytes.capacity() / 4];
            bytes.asIntBuffer().get(entries);
            return IntTensor.over(entries, extents);
        }
        float[] entries = new float[bytes.capacity() / 4];
        bytes.asFloatBuffer().get(entries);
        return Tensor.over(entries, extents);
    }
}
