package dev.lossforge.processor.emit;

import com.palantir.javapoet.JavaFile;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import javax.annotation.processing.Filer;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;

/**
 * A source file with its text. JavaPoet writes a file twice whenever somebody asks for its text, or only for its hash
 * code, so this is done once.
 */
public final class GeneratedSource {
    private final JavaFile file;
    private final String text;

    public GeneratedSource(JavaFile file) {
        this.file = file;
        this.text = file.toString();
    }

    /** The qualified name of its class. */
    public String className() {
        String type = file.typeSpec().name();
        return file.packageName().isEmpty() ? type : file.packageName() + "." + type;
    }

    public String text() {
        return text;
    }

    /** Whether each method is short enough for a class file. */
    public boolean fits() {
        return text.length() <= MethodSize.MAX_CHARACTERS || MethodSize.fits(file);
    }

    /** Hands it to the build, which compiles it in the next round. */
    public void writeTo(Filer filer) throws IOException {
        try (Writer writer = filer.createSourceFile(className()).openWriter()) {
            writer.write(text);
        }
    }

    /** What a compiler reads. */
    public JavaFileObject toJavaFileObject() {
        URI uri = URI.create(className().replace('.', '/') + JavaFileObject.Kind.SOURCE.extension);
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }
}
