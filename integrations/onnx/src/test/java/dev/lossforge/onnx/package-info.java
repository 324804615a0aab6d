/** Exported models in ONNX Runtime. */
@NullMarked
package dev.lossforge.onnx;

import org.jspecify.annotations.NullMarked;
