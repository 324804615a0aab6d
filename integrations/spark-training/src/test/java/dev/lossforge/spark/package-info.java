@NullMarked
package dev.lossforge.spark;

import org.jspecify.annotations.NullMarked;
