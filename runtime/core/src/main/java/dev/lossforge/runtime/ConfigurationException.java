package dev.lossforge.runtime;

/**
 * A value that the user chose is outside what it may be: a learning rate of zero, a dropout rate of two, an unknown
 * name.
 */
public final class ConfigurationException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
