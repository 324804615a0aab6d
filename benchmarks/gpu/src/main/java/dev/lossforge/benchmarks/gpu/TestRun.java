package dev.lossforge.benchmarks.gpu;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs a class of tests where there is no Maven. Arguments: the file of results and the class. The exit code is 1 if a
 * test fails or there is none.
 */
public final class TestRun implements TestExecutionListener {
    private final Results results;
    private final String className;
    private final Map<String, Long> begun = new HashMap<>();
    private int passed;
    private int failed;

    /**
     * How one test ended.
     *
     * @param outcome as JUnit calls it, {@code SUCCESSFUL} or another
     */
    record Outcome(
            String testClass,
            String test,
            String outcome,
            double seconds,
            @Nullable String message) {
        @Override
        public String toString() {
            return "%-10s %7.2f s  %s %s".formatted(outcome, seconds, test, message == null ? "" : message);
        }
    }

    private TestRun(Results results, String className) {
        this.results = results;
        this.className = className;
    }

    public static void main(String[] arguments) {
        TestRun run = new TestRun(new Results(Path.of(arguments[0])), arguments[1]);
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(arguments[1]))
                .build();
        LauncherFactory.create().execute(request, run);
        System.out.printf("%s: %d passed, %d failed%n", run.className, run.passed, run.failed);
        System.exit(run.failed == 0 && run.passed > 0 ? 0 : 1);
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        begun.put(test.getUniqueId(), System.nanoTime());
    }

    /** A container that fails, such as a class that cannot be prepared, counts as a failed test. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean successful = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
        if (!test.isTest() && successful) {
            return;
        }
        passed += successful ? 1 : 0;
        failed += successful ? 0 : 1;
        long begin = begun.getOrDefault(test.getUniqueId(), System.nanoTime());
        results.add(new Outcome(
                className,
                test.getDisplayName(),
                result.getStatus().name(),
                (System.nanoTime() - begin) / 1e9,
                result.getThrowable().map(Throwable::toString).orElse(null)));
        result.getThrowable().ifPresent(problem -> problem.printStackTrace(System.out));
    }
}
