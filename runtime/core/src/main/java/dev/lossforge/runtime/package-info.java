/**
 * The runtime that trains models with generated losses. This package holds only the type that all others share:
 * {@link dev.lossforge.runtime.LossforgeException}, the root of every error the runtime reports to its user.
 */
@NullMarked
package dev.lossforge.runtime;

import org.jspecify.annotations.NullMarked;
