package dev.lossforge.digits;

import java.util.ArrayList;
import java.util.List;

/** A listener that remembers. */
final class Heard implements DataListener {
    private final List<String> notices = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();

    @Override
    public void notice(String sentence) {
        notices.add(sentence);
    }

    @Override
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void progress(String step, long done, long total) {
        steps.add("%s: %d of %d".formatted(step, done, total));
    }

    List<String> notices() {
        return notices;
    }

    List<String> warnings() {
        return warnings;
    }

    List<String> steps() {
        return steps;
    }
}
