/** The import rules of Lossforge, as tests over the classes of all modules. */
@NullMarked
package dev.lossforge.architecture;

import org.jspecify.annotations.NullMarked;
