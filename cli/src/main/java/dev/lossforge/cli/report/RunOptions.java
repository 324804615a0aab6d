package dev.lossforge.cli.report;

import dev.lossforge.cli.run.RunRecord;
import dev.lossforge.runtime.internal.chart.Numbers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of a run, worded for a reader. */
final class RunOptions {
    private RunOptions() {}

    /** The options by name. Options at their defaults may be missing. */
    static Map<String, String> of(RunRecord record) {
        RunRecord.Options options = record.options();
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("epochs", Integer.toString(options.epochs()));
        rows.put("batch size", Integer.toString(options.batchSize()));
        rows.put("learning rate", Numbers.shortest(options.learningRate()));
        rows.putAll(options.steering().description());
        rows.put("training images", options.limit() == null ? "all" : "the first " + options.limit());
        rows.put("data", options.data());
        rows.put("seed", Long.toString(record.seed()));
        rows.put("threads", Integer.toString(options.threads()));
        rows.put("backend", options.backend());
        if (options.device() != null) {
            rows.put("device", options.device());
        }
        rows.put(
                "checkpoints",
                "every epoch and every " + options.checkpointEvery() + " steps, the last " + options.keep() + " kept");
        return rows;
    }
}
