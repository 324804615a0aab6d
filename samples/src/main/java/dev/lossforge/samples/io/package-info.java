/** Files that appear whole or not at all. */
@NullMarked
package dev.lossforge.samples.io;

import org.jspecify.annotations.NullMarked;
