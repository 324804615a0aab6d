/** What holds across modules, as tests: who may import whom, and that the code in README.md does what the page says. */
@NullMarked
package dev.lossforge.checks;

import org.jspecify.annotations.NullMarked;
