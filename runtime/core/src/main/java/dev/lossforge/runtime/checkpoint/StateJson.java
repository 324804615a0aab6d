package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.backend.OptimizerState;
import dev.lossforge.runtime.callback.Callback;
import dev.lossforge.runtime.callback.Callback.TrainingControl;
import dev.lossforge.runtime.checkpoint.Checkpoints.Checkpoint;
import dev.lossforge.runtime.internal.json.JsonException;
import dev.lossforge.runtime.internal.json.JsonReader;
import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.internal.json.JsonValue.JsonArray;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.internal.json.JsonWriter;
import dev.lossforge.runtime.tensor.Tensor;
import dev.lossforge.runtime.training.TrainingSnapshot;
import dev.lossforge.runtime.training.TrainingSnapshot.EpochProgress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * {@code state.json}: everything in a checkpoint except its tensors. It begins with the number of its format and its
 * own {@link Seal}. It contains the checksums of the tensor files, which ties them to it.
 */
final class StateJson {
    /** The version of the format. A reader refuses newer versions and reads all older ones. */
    static final int FORMAT = 1;

    /** The maximum number of bytes to read. */
    static final int MAX_BYTES = 16 << 20;

    /** The contents of the file. */
    record State(JsonValue json, Map<String, String> files) {}

    private StateJson() {}

    static byte[] write(Checkpoint checkpoint, Map<String, String> files) {
        TrainingSnapshot snapshot = checkpoint.snapshot();
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put("format", JsonValue.of(FORMAT));
        json.put(Seal.NAME, JsonValue.of(Seal.BLANK));
        json.put("files", texts(files));
        json.put("position", position(snapshot.position()));
        json.put("updates", JsonValue.of(snapshot.optimizer().step()));
        json.put("learningRate", JsonValue.of(snapshot.learningRate()));
        json.put("stopped", JsonValue.of(snapshot.stopped()));
        json.put("plan", texts(snapshot.plan().entries()));
        json.put(
                "epochs",
                new JsonArray(snapshot.epochs().stream().map(EpochJson::write).toList()));
        json.put("progress", progress(snapshot.progress()));
        json.put("callbacks", object(snapshot.callbacks(), state -> numbers(state.numbers())));
        json.put("notes", texts(checkpoint.notes()));
        byte[] bytes = JsonWriter.indented(new JsonObject(json)).getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = Seal.digest();
        digest.update(bytes);
        Seal.set(bytes, Seal.find(bytes).orElseThrow(), Seal.hex(digest));
        return bytes;
    }

    /**
     * Reads the file's bytes.
     *
     * @throws JsonException if they are not such a file
     * @throws CheckpointException if they have a newer format, or were changed
     */
    static State read(byte[] bytes) {
        JsonValue json = JsonReader.read(bytes);
        int format = json.get("format").asInt();
        if (format > FORMAT) {
            throw new CheckpointException("it is of format " + format + ", newer than format " + FORMAT
                    + ", the newest that this version reads; use the version that wrote it");
        }
        OptionalInt seal = Seal.find(bytes);
        MessageDigest digest = Seal.digest();
        if (seal.isEmpty()) {
            throw new CheckpointException("its checksum is missing");
        }
        digest.update(Seal.blanked(bytes, seal.getAsInt()));
        if (!Seal.at(bytes, seal.getAsInt()).equals(Seal.hex(digest))) {
            throw new CheckpointException("its checksum is wrong, so some bytes are not as they were written");
        }
        return new State(json, map(json.get("files"), JsonValue::asString));
    }

    static Checkpoint checkpoint(
            State state,
            SequencedMap<String, Tensor> parameters,
            Map<String, Tensor> slots,
            Map<String, Map<String, Tensor>> callbackTensors) {
        JsonValue json = state.json();
        SequencedMap<String, Callback.Stateful.State> callbacks = new LinkedHashMap<>();
        json.get("callbacks")
                .asObject()
                .forEach((name, numbers) -> callbacks.put(
                        name,
                        new Callback.Stateful.State(numbers(numbers), callbackTensors.getOrDefault(name, Map.of()))));
        JsonValue progress = json.get("progress");
        TrainingSnapshot snapshot = new TrainingSnapshot(
                new TrainingSnapshot.Plan(map(json.get("plan"), JsonValue::asString)),
                position(json.get("position")),
                json.get("stopped").asBoolean(),
                json.get("epochs").asArray().stream().map(EpochJson::read).toList(),
                new EpochProgress(progress.get("seconds").asDouble(), numbers(progress.get("tallies"))),
                parameters,
                new OptimizerState(json.get("updates").asLong(), slots),
                json.get("learningRate").asDouble(),
                callbacks);
        return new Checkpoint(snapshot, map(json.get("notes"), JsonValue::asString));
    }

    private static JsonValue position(TrainingControl.Position position) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put("earlierEpochs", JsonValue.of((long) position.earlierEpochs()));
        json.put("epoch", JsonValue.of((long) position.epoch()));
        json.put("step", JsonValue.of((long) position.step()));
        return new JsonObject(json);
    }

    private static TrainingControl.Position position(JsonValue json) {
        return new TrainingControl.Position(
                json.get("earlierEpochs").asInt(),
                json.get("epoch").asInt(),
                json.get("step").asInt());
    }

    private static JsonValue progress(EpochProgress progress) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put("seconds", JsonValue.of(progress.seconds()));
        json.put("tallies", numbers(progress.tallies()));
        return new JsonObject(json);
    }

    private static JsonValue texts(Map<String, String> texts) {
        return object(texts, JsonValue::of);
    }

    private static JsonValue numbers(Map<String, List<Double>> numbers) {
        return object(
                numbers, list -> new JsonArray(list.stream().map(JsonValue::of).toList()));
    }

    private static Map<String, List<Double>> numbers(JsonValue json) {
        return map(
                json, list -> list.asArray().stream().map(JsonValue::asDouble).toList());
    }

    static <T> JsonValue object(Map<String, T> map, Function<T, JsonValue> value) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        map.forEach((name, entry) -> json.put(name, value.apply(entry)));
        return new JsonObject(json);
    }

    static <T> SequencedMap<String, T> map(JsonValue json, Function<JsonValue, T> value) {
        SequencedMap<String, T> map = new LinkedHashMap<>();
        json.asObject().forEach((name, entry) -> map.put(name, value.apply(entry)));
        return map;
    }
}
