package dev.lossforge.cli;

import dev.lossforge.cli.argument.ArgumentException;
import dev.lossforge.cli.project.BuildTool;
import dev.lossforge.cli.project.NewProject;
import dev.lossforge.runtime.ConfigurationException;
import dev.lossforge.runtime.internal.files.FileProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lossforge new}. */
@Command(
        name = "new",
        description =
                "Creates a Maven or Gradle project with one loss, a training and a test; it builds without changes.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  lossforge new ../deliveries",
            "  lossforge new ../pricing --package com.example.pricing",
            "  lossforge new ../deliveries --gradle"
        })
final class NewCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The folder of the project, new or empty.")
    private Path folder;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The project's name, which is its artifact ID; the folder's name by default.")
    private @Nullable String name;

    @Option(
            names = "--package",
            paramLabel = "PACKAGE",
            defaultValue = "example",
            description = "The package of its classes, and its group ID; '${DEFAULT-VALUE}' by default.")
    private String packageName;

    @Option(names = "--gradle", description = "Build with Gradle instead of Maven.")
    private boolean gradle;

    @Override
    public Integer call() {
        BuildTool tool = gradle ? BuildTool.GRADLE : BuildTool.MAVEN;
        NewProject project = new NewProject(name == null ? folderName() : name, packageName, tool);
        try {
            project.write(folder);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "The project cannot be written to " + folder + ": " + FileProblem.of(e) + "; name another folder.");
        }
        if (Lossforge.isQuiet(spec)) {
            return spec.exitCodeOnSuccess();
        }
        PrintWriter out = spec.commandLine().getOut();
        project.files().keySet().forEach(file -> out.println(folder.resolve(file)));
        out.println();
        out.println("Test it and train:");
        out.println("  cd " + ShellWord.of(folder));
        out.println("  " + tool.test());
        out.println("  " + tool.train());
        out.flush();
        return spec.exitCodeOnSuccess();
    }

    private String folderName() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        if (last == null) {
            throw new ArgumentException("The folder " + folder + " has no name; give the project one with --name");
        }
        return last.toString();
    }
}
