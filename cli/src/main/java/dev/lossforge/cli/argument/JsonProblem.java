package dev.lossforge.cli.argument;

import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;

/** Describes JSON errors in our words. The library's words name its classes and change between releases. */
public final class JsonProblem {
    private JsonProblem() {}

    /** The problem, as in "it is not JSON at line 1, column 7" or "its member epochs[0].loss is not as expected". */
    public static String of(JacksonException e) {
        String member = e.getPath().stream()
                .map(part ->
                        part.getPropertyName() == null ? "[" + part.getIndex() + "]" : "." + part.getPropertyName())
                .collect(Collectors.joining());
        if (!(e instanceof DatabindException)) {
            return "it is not JSON" + place(e);
        }
        return member.isEmpty()
                ? "it is JSON, but not in the expected form"
                : "its member " + member.substring(member.startsWith(".") ? 1 : 0) + " is not as expected";
    }

    /** The position, as in " at line 1, column 7"; empty if it is unknown. */
    public static String place(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : " at line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
    }
}
