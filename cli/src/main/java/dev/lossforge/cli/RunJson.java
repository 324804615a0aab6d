package dev.lossforge.cli;

import dev.lossforge.cli.run.RunRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The part of a run's JSON that several commands share. */
final class RunJson {
    private RunJson() {}

    /** The members of the JSON object, in a map that the caller may extend. */
    static Map<String, Object> members(Path run, RunRecord record) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("run", run.toString());
        members.put("epochs", record.epochs());
        Json.putIfPresent(members, "test", record.test());
        members.put("options", record.options());
        members.put("seed", record.seed());
        members.put("backend", record.backend());
        return members;
    }
}
