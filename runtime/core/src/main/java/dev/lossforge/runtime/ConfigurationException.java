package dev.lossforge.runtime;

/** Reports an invalid value that the user chose: a learning rate of zero, a dropout rate of two, an unknown name. */
public final class ConfigurationException extends LossforgeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
