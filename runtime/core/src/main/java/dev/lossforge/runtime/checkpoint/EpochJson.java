package dev.lossforge.runtime.checkpoint;

import dev.lossforge.runtime.internal.json.JsonValue;
import dev.lossforge.runtime.internal.json.JsonValue.JsonNull;
import dev.lossforge.runtime.internal.json.JsonValue.JsonObject;
import dev.lossforge.runtime.metric.Evaluation;
import dev.lossforge.runtime.metric.History;
import dev.lossforge.runtime.metric.Scores;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/** The result of an epoch in {@link StateJson}. */
final class EpochJson {
    /** The parts of the loss; a loss without parts has no such member. */
    private static final String PARTS = "parts";

    /** The trained hyperparameters of the losses; absent if there are none. */
    private static final String HYPERPARAMETERS = "hyperparameters";

    private static final JsonValue NOTHING = new JsonObject(new LinkedHashMap<>());

    private EpochJson() {}

    static JsonValue write(History.Epoch result) {
        SequencedMap<String, JsonValue> json = scores(result.scores());
        json.put("epoch", JsonValue.of((long) result.epoch()));
        json.put("seconds", JsonValue.of(result.seconds()));
        json.put("samplesPerSecond", JsonValue.of(result.samplesPerSecond()));
        json.put("validation", result.validation().map(EpochJson::write).orElseGet(JsonNull::new));
        return new JsonObject(json);
    }

    private static JsonValue write(Evaluation evaluation) {
        SequencedMap<String, JsonValue> json = scores(evaluation.scores());
        json.put("samples", JsonValue.of((long) evaluation.samples()));
        return new JsonObject(json);
    }

    private static SequencedMap<String, JsonValue> scores(Scores scores) {
        SequencedMap<String, JsonValue> json = new LinkedHashMap<>();
        json.put("loss", JsonValue.of(scores.loss()));
        if (!scores.parts().isEmpty()) {
            json.put(PARTS, StateJson.object(scores.parts(), JsonValue::of));
        }
        json.put("metrics", StateJson.object(scores.metrics(), JsonValue::of));
        if (!scores.hyperparameters().isEmpty()) {
            json.put(HYPERPARAMETERS, StateJson.object(scores.hyperparameters(), JsonValue::of));
        }
        return json;
    }

    static History.Epoch read(JsonValue json) {
        JsonValue validation = json.get("validation");
        return new History.Epoch(
                json.get("epoch").asInt(),
                readScores(json),
                json.get("seconds").asDouble(),
                json.get("samplesPerSecond").asDouble(),
                validation instanceof JsonNull
                        ? Optional.empty()
                        : Optional.of(new Evaluation(
                                readScores(validation),
                                validation.get("samples").asInt())));
    }

    private static Scores readScores(JsonValue json) {
        return new Scores(
                json.get("loss").asDouble(),
                StateJson.map(json.asObject().getOrDefault(PARTS, NOTHING), JsonValue::asDouble),
                StateJson.map(json.get("metrics"), JsonValue::asDouble),
                StateJson.map(json.asObject().getOrDefault(HYPERPARAMETERS, NOTHING), JsonValue::asDouble));
    }
}
