/** Tests of the pictures of losses. */
@NullMarked
package dev.lossforge.cli.plot;

import org.jspecify.annotations.NullMarked;
