package dev.lossforge.digits;

/** Is told what happens while data are found, downloaded or drawn. */
public interface DataListener {
    /** Something worth knowing, in a sentence. */
    void notice(String sentence);

    /** Something the user must not miss. */
    void warning(String sentence);

    /**
     * How far a step has come.
     *
     * @param total the step's whole size in bytes, or a negative number when it is not known
     */
    void progress(String step, long done, long total);
}
