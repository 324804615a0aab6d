/** Web pages about runs: a self-contained page for each run, and one that compares runs. */
@NullMarked
package dev.lossforge.cli.report;

import org.jspecify.annotations.NullMarked;
