package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.files.OwnFile;
import dev.lossforge.runtime.internal.onnx.OnnxExport;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Exports models to <a href="https://onnx.ai">ONNX</a>, operator set 17, for other systems.
 *
 * <p>An exported model predicts: its layers behave as outside training, without losses and their hyperparameters. Its
 * inputs and outputs have the names and the layout of the model: floats with the axis {@code batch} first and channels
 * last. The file transposes images where ONNX wants channels first. An exported {@code Embedding} does not refuse
 * invalid indices: it truncates fractions, and the system that runs it decides about indices out of range.
 */
public final class Onnx {
    private Onnx() {}

    /**
     * Writes the layers and parameters of a model as they are now. A file of this name is replaced only when the new
     * one is complete and on the disk.
     *
     * @throws ConfigurationException if an input and an output have the same name, the parameters take 2 GiB or more,
     *     the folder does not exist or takes no files, or a file of this name was not written by Lossforge
     */
    public static void export(Model model, Path file) throws IOException {
        OwnFile.require(file, "ONNX model", OnnxExport::isIn);
        Map<String, Tensor> layers = new LinkedHashMap<>(model.parameters());
        layers.keySet().removeIf(CompileSpec::isHyperparameter);
        DurableFiles.replace(file, OnnxExport.bytes(model.architecture(), layers));
    }
}
