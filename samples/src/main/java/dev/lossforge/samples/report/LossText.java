package dev.lossforge.samples.report;

import dev.lossforge.runtime.loss.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A loss for a reader.
 *
 * @param source the formula method
 * @param formula as mathematics
 * @param gradient one line per derivative
 */
record LossText(String source, String formula, List<String> gradient) {

    /** What the build has written down about a generated loss, if it has. */
    static Optional<LossText> of(Loss loss) {
        String resource = "META-INF/lossforge/" + loss.getClass().getName() + ".json";
        try (InputStream stream = loss.getClass().getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                return Optional.empty();
            }
            JsonNode json = JsonMapper.shared().readTree(stream);
            return Optional.of(new LossText(
                    json.path("source").asString(""),
                    json.path("formula").asString(""),
                    json.path("gradient")
                            .valueStream()
                            .map(line -> line.asString(""))
                            .toList()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }
}
