package dev.lossforge.spark.internal.driver;

import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.LossforgeException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.jspecify.annotations.Nullable;

/** What went wrong in a job of Spark, in a sentence, where it is known to be wrong in every further one too. */
final class Failures {
    /** An exception of ours on a worker, of which Spark hands over the text alone. Workers that are lost may return. */
    private static final Pattern OURS =
            Pattern.compile("dev\\.lossforge\\.(?![\\w.]*PeerException)[\\w.]+Exception: ([^\\n]+)");

    private static final Pattern PEER = Pattern.compile("PeerException: ([^\\n]+)");

    /** What Spark puts before the text of the exception that ended a barrier stage. */
    private static final Pattern OF_TASK = Pattern.compile("finished unsuccessfully\\.\\s+([^\\n]+)");

    private static final Pattern MISSING_CLASS =
            Pattern.compile("(?:ClassNotFoundException|NoClassDefFoundError): ([\\w.$/]+)");

    private Failures() {}

    /** An exception of Lossforge as it is, and others with the sentence that explains them. */
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

    /** The sentence for what would go wrong again; null for what may not, such as a lost executor. */
    static @Nullable String lasting(Exception e) {
        String text = texts(e);
        Matcher ours = OURS.matcher(text);
        if (ours.find()) {
            return ours.group(1);
        }
        if (text.contains("UnsupportedClassVersionError")) {
            return "The executors run an older Java than the classes of the driver are made for; run the same Java on"
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
     * Whether Spark waited in vain for the slots of all workers, as it also does if a lost executor takes long to
     * return.
     */
    static boolean isForLackOfSlots(Exception e) {
        return texts(e).contains("SPARK-24819");
    }

    static String tooFewSlots(int workers) {
        return "The cluster cannot run " + workers + " workers at once; add executors or cores, or take fewer workers.";
    }

    /** In a line: what another worker is said to have done, what ended a task, or else how Spark begins. */
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
