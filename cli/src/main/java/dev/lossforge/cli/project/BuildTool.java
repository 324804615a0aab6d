package dev.lossforge.cli.project;

import java.util.List;

/** The build tool of a new project: its files, its commands, and its output folder. */
public enum BuildTool {
    MAVEN(
            "Maven and a JDK, version 21 or newer",
            "mvn verify",
            "mvn -q compile exec:exec",
            "mvn compile",
            "target/",
            "target/generated-sources/annotations"),

    GRADLE(
            "Gradle, version 8.2 or newer, and a JDK, version 21 or newer, that Gradle itself runs on",
            "gradle build",
            "gradle -q run",
            "gradle classes",
            ".gradle/\nbuild/",
            "build/generated/sources/annotationProcessor/java/main");

    private final String needs;
    private final String test;
    private final String train;
    private final String compile;
    private final String built;
    private final String generated;

    BuildTool(String needs, String test, String train, String compile, String built, String generated) {
        this.needs = needs;
        this.test = test;
        this.train = train;
        this.compile = compile;
        this.built = built;
        this.generated = generated;
    }

    /** The build files in the project's folder. */
    List<String> files() {
        return switch (this) {
            case MAVEN -> List.of("pom.xml");
            case GRADLE -> List.of("settings.gradle.kts", "build.gradle.kts");
        };
    }

    /** The command that compiles and tests. */
    public String test() {
        return test;
    }

    /** The command that trains. */
    public String train() {
        return train;
    }

    /** A template with this tool's commands filled in. */
    String fill(String template) {
        int width = Math.max(test.length(), train.length());
        return template.replace("{{needs}}", needs)
                .replace("{{test}}", padded(test, width))
                .replace("{{train}}", padded(train, width))
                .replace("{{compile}}", compile)
                .replace("{{built}}", built)
                .replace("{{generated}}", generated);
    }

    private static String padded(String command, int width) {
        return command + " ".repeat(width - command.length());
    }
}
