package dev.lossforge.processor.rewrite;

import dev.lossforge.processor.ir.Expr;

/** One use of a rule: where, and what came of it. */
public record Application(Rule rule, Expr original, Expr replacement) {}
