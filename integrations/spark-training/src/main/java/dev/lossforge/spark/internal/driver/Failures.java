package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.jspecify.annotations.Nullable;

/** Explains failures of Spark's jobs in one sentence, and recognizes those that would happen again. */
final class Failures {
    /**
     * An exception of Lossforge on a worker, of which Spark passes on only the text. Peer exceptions are excluded,
     * because lost workers may return.
     */
    private static final Pattern OURS =
            Pattern.compile("dev\\.lossforge\\.(?![\\w.]*PeerException)[\\w.]+Exception: ([^\\n]+)");

    private static final Pattern PEER = Pattern.compile("PeerException: ([^\\n]+)");

    /** Spark's text before the message of the exception that ended a barrier stage. */
    private static final Pattern OF_TASK = Pattern.compile("finished unsuccessfully\\.\\s+([^\\n]+)");

    private static final Pattern MISSING_CLASS =
            Pattern.compile("(?:ClassNotFoundException|NoClassDefFoundError): ([\\w.$/]+)");

    private Failures() {}

    /** The exception itself if it comes from Lossforge, otherwise an exception with an explanation. */
    static RuntimeException inOneSentence(Exception e, int workers) {
        if (e instanceof LossforgeException || !(e instanceof SparkException)) {
            return e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
        }
        String sentence = lasting(e);
        if (sentence == null && isForLackOfSlots(e)) {
            sentence = tooFewSlots(workers);
        }
        return explained(sentence == null ? "Spark could not run the job: " + reason(e) : sentence, e);
    }

    static ConfigurationException explained(String sentence, Exception cause) {
        ConfigurationException explained = new ConfigurationException(sentence);
        explained.initCause(cause);
        return explained;
    }

    /** The explanation of a failure that would happen again; null for one that may not, such as a lost executor. */
    static @Nullable String lasting(Exception e) {
        String text = texts(e);
        Matcher ours = OURS.matcher(text);
        if (ours.find()) {
            return ours.group(1);
        }
        if (text.contains("UnsupportedClassVersionError")) {
            return "The executors run an older Java than the classes of the driver need; run the same Java on"
                    + " all machines.";
        }
        if (text.contains("java.io.InvalidClassException")) {
            return "The cluster runs another version of Spark or of Lossforge than the driver; use the same on all machines.";
        }
        Matcher missing = MISSING_CLASS.matcher(text);
        if (missing.find()) {
            return "The class " + missing.group(1).replace('/', '.')
                    + " is not on the class path of the executors; add its jar with spark.jars.";
        }
        return null;
    }

    private static String texts(Exception e) {
        StringBuilder texts = new StringBuilder();
        for (Throwable t = e; t != null; t = t.getCause()) {
            texts.append(t).append('\n');
        }
        return texts.toString();
    }

    /**
     * Whether Spark waited in vain for the slots of all workers. It also does so if a lost executor takes long to
     * return.
     */
    static boolean isForLackOfSlots(Exception e) {
        return texts(e).contains("SPARK-24819");
    }

    static String tooFewSlots(int workers) {
        return "The cluster cannot run " + workers + " workers at once; add executors or cores, or take fewer workers.";
    }

    /**
     * The reason in one line: the problem with another worker, the exception of a task, or the first line of Spark's
     * message.
     */
    static String reason(Exception e) {
        String text = texts(e);
        for (Pattern pattern : List.of(PEER, OF_TASK)) {
            Matcher matcher = pattern.matcher(text);
            if (matcher.find()) {
                return matcher.group(1);
            }
        }
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("it does not say why");
    }
}
