/**
 * Models and their training: compile, fit, evaluate, predict, and the history, metrics and
 * callbacks around them.
 */
@NullMarked
package dev.lossforge.runtime.model;

import org.jspecify.annotations.NullMarked;
