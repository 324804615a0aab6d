package dev.lossforge.processor.frontend;

import java.util.Optional;
import javax.lang.model.type.TypeMirror;

/** A parameter, a local variable or the index of a lambda. Two are the same only if they have the same declaration. */
final class Local {

    private final String name;
    private final Optional<TypeMirror> type;

    /** @param type the declared type; empty if it is inferred or there is no such type */
    Local(CharSequence name, Optional<TypeMirror> type) {
        this.name = name.toString();
        this.type = type;
    }

    String name() {
        return name;
    }

    Optional<TypeMirror> type() {
        return type;
    }
}
