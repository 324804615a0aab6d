package dev.lossforge.digits;

/** Receives messages while data is found, downloaded or generated. */
public interface DataListener {
    /** Something worth knowing, in a sentence. */
    void notice(String sentence);

    /** Something the user must not miss. */
    void warning(String sentence);

    /**
     * The progress of a step.
     *
     * @param total the step's total size in bytes, or a negative number if it is not known
     */
    void progress(String step, long done, long total);
}
