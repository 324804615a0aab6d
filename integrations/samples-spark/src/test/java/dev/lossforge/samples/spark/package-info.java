@NullMarked
package dev.lossforge.samples.spark;

import org.jspecify.annotations.NullMarked;
