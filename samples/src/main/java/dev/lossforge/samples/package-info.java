/**
 * Samples that teach one thing each, in the order of their numbers. Each is a package that reads from top to bottom;
 * {@code ./lossforge sample N} runs it.
 *
 * <ol>
 *   <li>{@link dev.lossforge.samples.s01_firstloss}: a loss as a method, and training with its generated class
 *   <li>{@link dev.lossforge.samples.s02_outliers}: robust regression, and a loss whose own parameters are trained
 *   <li>{@link dev.lossforge.samples.s03_svm}: hinge loss and a custom regularizer
 *   <li>{@link dev.lossforge.samples.s04_logistic}: a textbook formula, made stable by the build
 *   <li>{@link dev.lossforge.samples.s05_multilabel}: a loss over a row of outputs
 *   <li>{@link dev.lossforge.samples.s06_imbalanced}: class weights and focal loss for rare digits
 *   <li>{@link dev.lossforge.samples.s07_path}: loss + λ·regularizer, and the weights as λ grows
 *   <li>{@link dev.lossforge.samples.s08_twotasks}: tasks weighted by their uncertainty, which the loss learns
 *   <li>{@link dev.lossforge.samples.s09_gan}: two networks against each other, and frozen layers
 *   <li>{@code s10_boosting}, in {@code integrations/samples-boosting}: losses as objectives of XGBoost and LightGBM
 *   <li>{@code s11_djl}, in {@code integrations/samples-djl}: wrong labels, and a network of the Deep Java Library
 *   <li>{@code s12_xgboostspark}, in {@code integrations/samples-xgboost-spark}: the cost of errors as an objective
 *   <li>{@code s13_spark}, in {@code integrations/samples-spark}: a network trained by two workers of Spark
 * </ol>
 *
 * <p>{@link dev.lossforge.samples.mnist} contains the network that {@code ./lossforge train mnist} trains, and
 * {@link dev.lossforge.samples.lesson} the common parts of the samples.
 */
@NullMarked
package dev.lossforge.samples;

import org.jspecify.annotations.NullMarked;
