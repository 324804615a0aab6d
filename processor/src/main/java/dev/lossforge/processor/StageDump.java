package dev.lossforge.processor;

import dev.lossforge.processor.emit.GeneratedSource;
import dev.lossforge.processor.ir.Contribution;
import dev.lossforge.processor.ir.Derivatives;
import dev.lossforge.processor.ir.Expr;
import dev.lossforge.processor.ir.ExprListing;
import dev.lossforge.processor.ir.Formula;
import dev.lossforge.processor.loop.BatchProgram;
import dev.lossforge.processor.loop.LoopNest;
import dev.lossforge.processor.loop.LoopText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the result of each stage as text, one folder per formula and one file per stage:
 * {@code DIR/sample.HuberLoss/2-stable.txt}. Does nothing without a folder.
 */
record StageDump(Optional<Path> folder) {

    /** A formula's value. */
    void write(Formula formula, String stage, Expr value) {
        write(formula, stage, listing -> "value " + listing.name(value) + "\n");
    }

    /** A value with its derivatives. */
    void write(Formula formula, String stage, Derivatives derivatives) {
        write(
                formula,
                stage,
                listing -> "value " + listing.name(derivatives.value()) + "\n"
                        + text("gradient ", derivatives.gradient(), listing)
                        + text("hessian ", derivatives.hessian(), listing));
    }

    /** The loops of a kernel. */
    void write(Formula formula, String stage, LoopNest loops) {
        write(formula, stage, listing -> LoopText.of(loops));
    }

    /** The steps of a device. */
    void write(Formula formula, String stage, BatchProgram steps) {
        write(formula, stage, listing -> LoopText.of(steps));
    }

    /** The vector loops of a loss, as Java. */
    void write(Formula formula, String stage, Optional<GeneratedSource> vectorLoops) {
        vectorLoops.ifPresent(file -> write(formula, stage, listing -> file.text()));
    }

    private static String text(String title, List<Contribution> contributions, ExprListing listing) {
        StringBuilder text = new StringBuilder();
        for (Contribution c : contributions) {
            text.append(title).append(c.input().name());
            c.indices().forEach(i -> text.append('[').append(listing.name(i)).append(']'));
            text.append(" += ").append(listing.name(c.value())).append('\n');
        }
        return text.toString();
    }

    private void write(Formula formula, String stage, Function<ExprListing, String> results) {
        if (folder.isEmpty()) {
            return;
        }
        ExprListing listing = new ExprListing(formula.exprs());
        String last = results.apply(listing);
        String name = formula.packageName().isEmpty()
                ? formula.className()
                : formula.packageName() + "." + formula.className();
        try {
            Path directory = Files.createDirectories(folder.get().resolve(name));
            Files.writeString(directory.resolve(stage + ".txt"), listing.lines() + last);
        } catch (IOException e) {
            throw new DumpException(folder.get(), e);
        }
    }
}
