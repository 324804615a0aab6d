/**
 * Models as ONNX graphs. {@link dev.lossforge.runtime.internal.onnx.OnnxExport} visits the layers,
 * {@link dev.lossforge.runtime.internal.onnx.OnnxGraph} collects nodes and constants, and
 * {@link dev.lossforge.runtime.internal.onnx.ProtobufMessage} writes them; field numbers are those of ONNX's
 * {@code onnx.proto3}.
 */
@NullMarked
package dev.lossforge.runtime.internal.onnx;

import org.jspecify.annotations.NullMarked;
