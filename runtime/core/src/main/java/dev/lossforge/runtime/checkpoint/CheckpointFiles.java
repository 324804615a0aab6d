package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.LossforgeException;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.internal.files.DurableFiles;
import dev.lossforge.runtime.internal.json.JsonException;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.TrainingSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The files of one checkpoint, in a separate folder:
 *
 * <ul>
 *   <li>{@code model.safetensors}: the parameters by name, as in {@code conv2d.weights};
 *   <li>{@code optimizer.safetensors}: the optimizer's state, as in {@code conv2d.weights/firstMoment};
 *   <li>{@code callbacks.safetensors}: the tensors in the states of callbacks, as in {@code early-stopping/dense.bias};
 *   <li>{@code state.json}: everything else.
 * </ul>
 */
final class CheckpointFiles {
    static final String MODEL = "model.safetensors";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String CALLBACKS = "callbacks.safetensors";
    static final String STATE = "state.json";

    private CheckpointFiles() {}

    /** Writes the files into a folder that is empty, and forces them and their names to the disk. */
    static void write(Path folder, Checkpoint checkpoint) throws IOException {
        TrainingSnapshot snapshot = checkpoint.snapshot();
        Map<String, String> files = new LinkedHashMap<>();
        write(folder, MODEL, snapshot.parameters(), files);
        write(folder, OPTIMIZER, snapshot.optimizer().slots(), files);
        write(folder, CALLBACKS, tensors(snapshot.callbacks()), files);
        byte[] state = StateJson.write(checkpoint, files);
        DurableFiles.write(folder.resolve(STATE), channel -> {
            ByteBuffer bytes = ByteBuffer.wrap(state);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        });
        DurableFiles.force(folder);
    }

    private static void write(Path folder, String name, Map<String, Tensor> tensors, Map<String, String> files)
            throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter(tensors, Map.of("file", name));
        DurableFiles.write(folder.resolve(name), writer::writeTo);
        files.put(name, writer.sha256());
    }

    private static Map<String, Tensor> tensors(Map<String, Callback.Stateful.State> callbacks) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        callbacks.forEach((callback, state) ->
                state.tensors().forEach((name, tensor) -> tensors.put(callback + "/" + name, tensor)));
        return tensors;
    }

    /**
     * Reads the files of a folder.
     *
     * @throws CheckpointException if one is missing, damaged, belongs to another checkpoint, or has a newer format
     */
    static Checkpoint read(Path folder) throws IOException {
        StateJson.State state = readState(folder.resolve(STATE));
        SequencedMap<String, Tensor> parameters = tensors(folder, MODEL, state);
        SequencedMap<String, Tensor> slots = tensors(folder, OPTIMIZER, state);
        Map<String, Map<String, Tensor>> callbacks = byCallback(tensors(folder, CALLBACKS, state));
        try {
            return StateJson.checkpoint(state, parameters, slots, callbacks);
        } catch (LossforgeException e) {
            throw unusable(folder.resolve(STATE), withoutPeriod(e), e);
        }
    }

    private static StateJson.State readState(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException("The checkpoint lacks its file " + file + "; use another.");
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(StateJson.MAX_BYTES + 1);
            if (bytes.length > StateJson.MAX_BYTES) {
                throw new CheckpointException("it has more than " + StateJson.MAX_BYTES + " bytes");
            }
            return StateJson.read(bytes);
        } catch (JsonException | CheckpointException e) {
            throw unusable(file, withoutPeriod(e), e);
        }
    }

    private static String withoutPeriod(LossforgeException e) {
        String message = String.valueOf(e.getMessage());
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static CheckpointException unusable(Path file, String why, LossforgeException e) {
        return new CheckpointException(file + " cannot be used: " + why + ".", e);
    }

    private static SequencedMap<String, Tensor> tensors(Path folder, String name, StateJson.State state)
            throws IOException {
        Path file = folder.resolve(name);
        Safetensors contents = Safetensors.readSealed(file);
        if (!contents.sha256().orElse("").equals(state.files().get(name))) {
            throw new CheckpointException(file + " belongs to another checkpoint than the " + STATE
                    + " next to it: their checksums differ; use another.");
        }
        return contents.tensors();
    }

    private static Map<String, Map<String, Tensor>> byCallback(Map<String, Tensor> tensors) {
        Map<String, Map<String, Tensor>> callbacks = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            int slash = name.indexOf('/');
            String callback = name.substring(0, Math.max(slash, 0));
            callbacks.computeIfAbsent(callback, key -> new LinkedHashMap<>()).put(name.substring(slash + 1), tensor);
        });
        return callbacks;
    }
}
