package dev.lossforge.processor.loop;

import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.Type;
import java.util.List;

/**
 * Memory of one sample for values that a later loop reads again.
 *
 * @param extents size along each axis; row-major, the last axis contiguous. INT expressions without free indices.
 */
public record Buffer(String name, Type type, List<Expr> extents) {}
