package dev.lossforge.runtime.model;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.backend.Architecture;
import dev.lossforge.runtime.backend.CompileSpec;
import dev.lossforge.runtime.checkpoint.CheckpointException;
import dev.lossforge.runtime.checkpoint.Safetensors;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.files.OwnFile;
import dev.lossforge.runtime.internal.model.ArchitectureJson;
import dev.lossforge.runtime.internal.onnx.OnnxExport;
import dev.lossforge.runtime.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models in files. {@link Model#save} writes one; another process reads it here. The file holds the layers and their
 * parameters, not the loss or the optimizer: compile the model to train it further, or use a {@link Predictor}.
 *
 * <p>It is a safetensors file with a checksum, which other tools can read. Its notes hold the architecture as JSON.
 */
public final class Models {
    /** The version of the format. A reader refuses newer versions and reads all older ones. */
    private static final int FORMAT = 1;

    private static final String PREFIX = "lossforge.";
    private static final String FORMAT_NOTE = PREFIX + "format";
    private static final String ARCHITECTURE_NOTE = PREFIX + "architecture";
    private static final String SEED_NOTE = PREFIX + "seed";

    private Models() {}

    /**
     * Reads a model, ready to be compiled.
     *
     * @throws CheckpointException if the file does not exist, is damaged, has a newer format, or is not a saved model
     */
    public static Model load(Path file) throws IOException {
        Safetensors contents = read(file);
        Architecture architecture = architecture(file, contents);
        // Before the model allocates parameters: a damaged architecture may need more than the available memory.
        Map<String, Tensor> parameters = parameters(file, architecture, contents);
        Model model = new Model(architecture, seed(file, contents));
        model.loadParameters(parameters);
        return model;
    }

    /** Reads a model to predict with; see {@link #load}. */
    public static Predictor predictor(Path file) throws IOException {
        Safetensors contents = read(file);
        Architecture architecture = architecture(file, contents);
        return Predictor.of(architecture, parameters(file, architecture, contents));
    }

    /** The notes that a model was saved with; see {@link #load}. */
    public static Map<String, String> notes(Path file) throws IOException {
        Map<String, String> notes = new LinkedHashMap<>(read(file).notes());
        notes.keySet().removeIf(name -> name.startsWith(PREFIX));
        return notes;
    }

    /**
     * Exports the layers and parameters of a model as they are now to <a href="https://onnx.ai">ONNX</a>, operator set
     * 17, for other systems. A file of this name is replaced only when the new one is complete and on the disk.
     *
     * <p>An exported model predicts: its layers behave as outside training, without losses and their hyperparameters.
     * Its inputs and outputs have the names and the layout of the model: floats with the axis {@code batch} first and
     * channels last. The file transposes images where ONNX wants channels first. An exported {@code Embedding} does not
     * refuse invalid indices: it truncates fractions, and the system that runs it decides about indices out of range.
     *
     * @throws ConfigurationException if an input and an output have the same name, the parameters take 2 GiB or more,
     *     the folder does not exist or takes no files, or a file of this name was not written by Lossforge
     */
    public static void exportOnnx(Model model, Path file) throws IOException {
        OwnFile.require(file, "ONNX model", OnnxExport::isIn);
        Map<String, Tensor> layers = new LinkedHashMap<>(model.parameters());
        layers.keySet().removeIf(CompileSpec::isHyperparameter);
        DurableFiles.replace(file, OnnxExport.bytes(model.architecture(), layers));
    }

    static void save(
            Path file, Architecture architecture, long seed, Map<String, Tensor> parameters, Map<String, String> notes)
            throws IOException {
        for (String name : notes.keySet()) {
            if (name.startsWith(PREFIX)) {
                throw new ConfigurationException(
                        "A note cannot be named '" + name + "'; names that begin with '" + PREFIX + "' are taken.");
            }
        }
        OwnFile.require(file, "model", Safetensors::isSealed);
        Map<String, String> all = new LinkedHashMap<>(notes);
        all.put(FORMAT_NOTE, Integer.toString(FORMAT));
        all.put(SEED_NOTE, Long.toString(seed));
        all.put(ARCHITECTURE_NOTE, ArchitectureJson.write(architecture));
        Safetensors.write(file, parameters, all);
    }

    private static Safetensors read(Path file) throws IOException {
        Safetensors contents = Safetensors.read(file, notes -> requireFormat(file, notes.get(FORMAT_NOTE)));
        if (contents.sha256().isEmpty()) {
            throw new CheckpointException(
                    file + " has no checksum, so it was changed since it was saved; use another file.");
        }
        return contents;
    }

    private static void requireFormat(Path file, @Nullable String format) {
        if (format == null) {
            throw new CheckpointException(
                    file + " holds weights but no model, because its header has no '" + FORMAT_NOTE
                            + "'; build the model and load them with loadParameters(Safetensors.read(file).tensors()).");
        }
        if (number(file, FORMAT_NOTE, format) > FORMAT) {
            throw new CheckpointException(file + " is a model of format " + format + ", newer than format " + FORMAT
                    + ", the newest that this version reads; use the version that wrote it.");
        }
    }

    private static long seed(Path file, Safetensors contents) {
        return number(file, SEED_NOTE, contents.notes().getOrDefault(SEED_NOTE, ""));
    }

    private static long number(Path file, String name, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CheckpointException(
                    file + " cannot be used: its '" + name + "' is '" + text + "', not a whole number.", e);
        }
    }

    private static Architecture architecture(Path file, Safetensors contents) {
        try {
            return ArchitectureJson.read(contents.notes().getOrDefault(ARCHITECTURE_NOTE, ""));
        } catch (LossforgeException e) {
            throw unusable(file, e);
        }
    }

    private static Map<String, Tensor> parameters(Path file, Architecture architecture, Safetensors contents) {
        Map<String, Tensor> layers = new LinkedHashMap<>(contents.tensors());
        layers.keySet().removeIf(CompileSpec::isHyperparameter);
        try {
            architecture.requireParameters(layers);
        } catch (LossforgeException e) {
            throw unusable(file, e);
        }
        return layers;
    }

    private static CheckpointException unusable(Path file, LossforgeException e) {
        String why = String.valueOf(e.getMessage());
        return new CheckpointException(file + " cannot be used: " + why + (why.endsWith(".") ? "" : "."), e);
    }
}
