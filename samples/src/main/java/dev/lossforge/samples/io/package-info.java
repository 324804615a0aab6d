/** Files that appear whole or not at all, and what the operating system has against them. */
@NullMarked
package dev.lossforge.samples.io;

import org.jspecify.annotations.NullMarked;
