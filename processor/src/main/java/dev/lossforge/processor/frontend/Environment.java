package dev.lossforge.processor.frontend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The variables in scope and the values of those that have one. Immutable: a declaration creates a new environment that
 * shares the existing one. A method of many statements therefore takes no more memory than its variables.
 */
final class Environment {

    static final Environment EMPTY = new Environment(null, null, null, 0);

    private final @Nullable Environment around;
    private final @Nullable Local variable;
    private final @Nullable Value value;
    private final int size;

    private Environment(@Nullable Environment around, @Nullable Local variable, @Nullable Value value, int size) {
        this.around = around;
        this.variable = variable;
        this.value = value;
        this.size = size;
    }

    /** Declares a variable that has no value yet. */
    Environment with(Local declared) {
        return new Environment(this, declared, null, size + 1);
    }

    /** Gives a variable its value, and declares it if it is not yet. */
    Environment with(Local declared, Value given) {
        return new Environment(this, declared, given, size + 1);
    }

    /** The variable of this name; empty if there is none, though there may be a field. */
    Optional<Local> variable(CharSequence name) {
        for (Environment e = this; e != null; e = e.around) {
            if (e.variable != null && e.variable.name().contentEquals(name)) {
                return Optional.of(e.variable);
            }
        }
        return Optional.empty();
    }

    Optional<Value> get(Local sought) {
        return get(sought, EMPTY);
    }

    boolean has(Local sought) {
        return get(sought).isPresent();
    }

    /** The value that a variable was given after another environment. */
    private Optional<Value> get(Local sought, Environment before) {
        for (Environment e = this; e != null && e != before; e = e.around) {
            if (e.variable == sought && e.value != null) {
                return Optional.of(e.value);
            }
        }
        return Optional.empty();
    }

    /** This environment at the end of a block, without the variables declared since its start. */
    Environment outside(Environment start) {
        Deque<Environment> kept = new ArrayDeque<>();
        for (Environment e = this; e != start && e != null; e = e.around) {
            if (e.variable != null && e.value != null && start.declares(e.variable)) {
                kept.push(e);
            }
        }
        Environment outside = start;
        for (Environment e : kept) {
            outside = new Environment(outside, e.variable, e.value, outside.size + 1);
        }
        return outside;
    }

    private boolean declares(Local sought) {
        return variable(sought.name()).filter(v -> v == sought).isPresent();
    }

    /** The variables that both environments have. A variable with different values gets the choice between them. */
    Environment join(Environment other, BinaryOperator<Value> choice) {
        Environment common = common(other);
        Environment joined = common;
        for (Environment e = this; e != common && e != null; e = e.around) {
            Local shared = e.variable;
            Value ours = e.value;
            Optional<Value> theirs = shared == null ? Optional.empty() : other.get(shared, common);
            if (shared != null && ours != null && theirs.isPresent()) {
                Value joint = ours == theirs.get() ? ours : choice.apply(ours, theirs.get());
                joined = joined.with(shared, joint);
            }
        }
        return joined;
    }

    /** The common origin of both environments. */
    private Environment common(Environment other) {
        Environment a = this;
        Environment b = other;
        while (a != b) {
            Environment longer = a.size >= b.size ? a : b;
            Environment shorter = longer == a ? b : a;
            a = longer.around == null ? EMPTY : longer.around;
            b = shorter;
        }
        return a;
    }

    /** The names of the variables with a value, for suggestions. */
    Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Environment e = this; e != null; e = e.around) {
            if (e.variable != null && e.value != null) {
                names.add(e.variable.name());
            }
        }
        return names;
    }
}
