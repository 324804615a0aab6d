package dev.lossforge.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code lossforge train}: one subcommand per sample. */
@Command(name = "train", description = "Trains the model of a sample.", subcommands = TrainMnistCommand.class)
final class TrainCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs when no sample is named, which is an error. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name what to train, as in 'lossforge train mnist'");
    }
}
