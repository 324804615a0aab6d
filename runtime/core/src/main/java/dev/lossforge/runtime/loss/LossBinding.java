package dev.lossforge.runtime.loss;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.kernel.KernelFrame;
import dev.lossforge.runtime.internal.kernel.LossKernel;
import dev.lossforge.runtime.tensor.Data;
import dev.lossforge.runtime.tensor.IntTensor;
import dev.lossforge.runtime.tensor.Shape;
import dev.lossforge.runtime.tensor.ShapeException;
import dev.lossforge.runtime.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the inputs of a loss against its signature and lays them out in a frame. */
final class LossBinding {
    private final LossSignature signature;
    private final List<@Nullable Data> inputs;
    private final List<Data> defaults;
    private final KernelFrame frame;
    private final Shape unitShape;
    private final LossSignature.Input first;
    private final Data firstData;
    private final List<Shape> shapes = new ArrayList<>();

    private LossBinding(LossSignature signature, List<@Nullable Data> inputs, List<Data> defaults) {
        this.signature = signature;
        this.inputs = inputs;
        this.defaults = defaults;
        this.frame = new KernelFrame(inputs.size());
        int position = firstPrediction(signature);
        this.first = signature.inputs().get(position);
        Data data = inputs.get(position);
        if (data == null) {
            throw new IllegalStateException("an unresolved prediction");
        }
        this.firstData = data;
        this.unitShape = unitShape(data.shape());
    }

    /**
     * @param defaults the hyperparameters of the loss, in order
     * @param inputs predictions and targets as given
     */
    static BoundLoss bind(
            LossSignature signature,
            LossKernel kernel,
            List<LossKernel> partKernels,
            List<Data> defaults,
            LossInputs inputs) {
        LossBinding binding = new LossBinding(signature, inputs.resolve(signature), defaults);
        binding.placeInputs();
        signature.equalExtents().forEach(binding::requireEqualExtents);
        signature.excludedExtents().forEach(binding::requireValue);
        UnitWeights weights = new UnitWeights(signature, binding.first, binding.firstData.shape(), binding.unitShape)
                .place(inputs, binding.inputs, binding.frame);
        return new BoundLoss(
                signature,
                binding.shapes,
                kernel,
                partKernels,
                binding.frame,
                binding.unitShape.size(),
                binding.unitShape,
                weights.counted(),
                weights.sum());
    }

    private static int firstPrediction(LossSignature signature) {
        for (int i = 0; i < signature.inputs().size(); i++) {
            if (signature.inputs().get(i).role() == LossSignature.Input.Role.PREDICTION) {
                return i;
            }
        }
        throw new IllegalStateException("The loss " + signature + " has no prediction.");
    }

    private Shape unitShape(Shape shape) {
        return switch (signature.scope()) {
            case ELEMENT -> shape;
            case SAMPLE -> {
                if (first.rank() == 2) {
                    require(shape.rank() == 3, shape, "three axes, [samples, rows, columns]");
                } else {
                    require(shape.rank() >= 1, shape, "a row along its last axis");
                }
                yield leading(shape, first.rank());
            }
            case BATCH -> {
                require(shape.rank() == 2, shape, "two axes, [samples, length]");
                yield Shape.scalar();
            }
        };
    }

    private void require(boolean fits, Shape shape, String expected) {
        if (!fits) {
            throw new ShapeException("The loss " + signature + " takes '" + first.name() + "' with " + expected
                    + ", but its shape is " + shape + "; reshape it.");
        }
    }

    /** The axes before the last {@code ofUnit} axes, which belong to one unit. */
    private static Shape leading(Shape shape, int ofUnit) {
        return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - ofUnit));
    }

    private void placeInputs() {
        int parameter = 0;
        for (int i = 0; i < inputs.size(); i++) {
            LossSignature.Input input = signature.inputs().get(i);
            Data data = inputs.get(i);
            if (input.role() == LossSignature.Input.Role.PARAMETER) {
                Data fallback = defaults.get(parameter++);
                placeParameter(i, input, data == null ? fallback : data);
            } else if (data != null) {
                requireShape(input, data.shape());
                place(i, input, data, unitExtents(input, data.shape()));
            }
        }
    }

    private void placeParameter(int position, LossSignature.Input input, Data data) {
        FormulaParameters.require(signature, input, data);
        place(position, input, data, data.shape().toArray());
        if (input.trainable()) {
            frame.parameterGradient(position, new double[data.size()]);
        }
    }

    private void place(int position, LossSignature.Input input, Data data, int[] extents) {
        shapes.add(data.shape());
        switch (data) {
            case Tensor tensor
            when input.type() == LossSignature.Input.Type.FLOAT -> frame.input(position, tensor.array(), extents);
            case IntTensor tensor
            when input.type() == LossSignature.Input.Type.INT -> frame.input(position, tensor.array(), extents);
            case Tensor tensor ->
                throw new ConfigurationException("The loss " + signature + " takes ints for '" + input.name()
                        + "', but floats are given; use an IntTensor.");
            case IntTensor tensor ->
                throw new ConfigurationException("The loss " + signature + " takes floats for '" + input.name()
                        + "', but ints are given; use a Tensor.");
        }
    }

    /** The extents of an input in one evaluation: its last axes. */
    private static int[] unitExtents(LossSignature.Input input, Shape shape) {
        int[] extents = shape.toArray();
        return Arrays.copyOfRange(extents, Math.max(0, extents.length - input.rank()), extents.length);
    }

    private void requireShape(LossSignature.Input input, Shape shape) {
        boolean fits = switch (signature.scope()) {
            case ELEMENT -> shape.equals(firstData.shape());
            case SAMPLE ->
                input.rank() == 0
                        ? shape.equals(unitShape) || isColumn(shape)
                        : shape.rank() >= input.rank()
                                && leading(shape, input.rank()).equals(unitShape);
            case BATCH -> input.rank() == 0 || shape.rank() == input.rank() && shape.extent(0) == firstData.samples();
        };
        if (!fits) {
            throw misfit(input, shape, expectedShape(input));
        }
    }

    /** Whether the shape has one value per sample and a last axis of extent 1. */
    private boolean isColumn(Shape shape) {
        return shape.rank() >= 1 && shape.lastExtent() == 1 && leading(shape, 1).equals(unitShape);
    }

    private String expectedShape(LossSignature.Input input) {
        return switch (signature.scope()) {
            case ELEMENT -> "the same shape";
            case SAMPLE ->
                switch (input.rank()) {
                    case 0 -> "one value per sample, shape " + unitShape;
                    case 1 -> "one row per sample, shape " + unitShapeAnd("length");
                    default -> "one matrix per sample, shape " + unitShapeAnd("rows, columns");
                };
            case BATCH -> "the same number of samples and " + input.rank() + " axes";
        };
    }

    private String unitShapeAnd(String axes) {
        return unitShape.toString().replace("]", (unitShape.rank() == 0 ? "" : ", ") + axes + "]");
    }

    private ShapeException misfit(LossSignature.Input input, Shape shape, String expected) {
        return new ShapeException("The loss " + signature + " got '" + input.name() + "' of shape " + shape + " with '"
                + first.name() + "' of shape " + firstData.shape() + "; '" + input.name() + "' needs " + expected
                + ". Reshape it or change the model's output.");
    }

    private void requireEqualExtents(LossSignature.EqualExtents rule) {
        int extent = frame.extent(rule.input(), rule.axis());
        int other = frame.extent(rule.otherInput(), rule.otherAxis());
        if (extent != other) {
            LossSignature.Input input = signature.inputs().get(rule.input());
            LossSignature.Input otherInput = signature.inputs().get(rule.otherInput());
            throw new ShapeException("The loss " + signature + " runs over '" + input.name() + "' (shape "
                    + shape(rule.input()) + ") and '" + otherInput.name() + "' (shape " + shape(rule.otherInput())
                    + ") together, but the one has " + extent + " entries there and the other " + other
                    + "; make them equally long.");
        }
    }

    private void requireValue(LossSignature.ExcludedExtents rule) {
        int extent = frame.extent(rule.input(), rule.axis());
        if (rule.contains(extent)) {
            throw new ShapeException(NeededExtents.sentence(signature, rule, shape(rule.input()), extent));
        }
    }

    private String shape(int position) {
        Data data = inputs.get(position);
        return data == null
                ? "[" + frame.unitSize(position) + "]"
                : data.shape().toString();
    }
}
