package dev.lossforge.cli;

import dev.lossforge.runtime.internal.chart.Page;
import dev.lossforge.samples.lesson.PictureFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mark in files written by Lossforge. Only files with the mark may be replaced. */
final class Signature {
    /** The mark in the head of a page. */
    private static final String PAGE = Page.MARK;

    /** The mark at the beginning of an SVG drawing. */
    private static final String DRAWING = "<!-- Lossforge -->";

    /** The producer that an ONNX file names first. */
    private static final String PRODUCER = "\u0012\tLossforge";

    /** The number of bytes at the start of a file in which the mark must be. */
    private static final int BEGINNING = 4096;

    private Signature() {}

    /** The content with the mark added, if the name is that of a picture. A page already contains it. */
    static byte[] sign(String name, byte[] content) {
        if (name.endsWith(".png")) {
            return PictureFile.signed(content);
        }
        if (name.endsWith(".svg")) {
            String drawing = new String(content, StandardCharsets.UTF_8);
            int declaration = drawing.indexOf("?>") + 2;
            int from = declaration == 1 ? 0 : declaration;
            return (drawing.substring(0, from) + DRAWING + drawing.substring(from)).getBytes(StandardCharsets.UTF_8);
        }
        return content;
    }

    /** Whether Lossforge wrote this file. */
    static boolean isIn(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] beginning = stream.readNBytes(BEGINNING);
            String text = new String(beginning, StandardCharsets.ISO_8859_1);
            return text.contains(PAGE)
                    || text.contains(DRAWING)
                    || text.contains(PRODUCER)
                    || PictureFile.isSigned(beginning);
        }
    }
}
