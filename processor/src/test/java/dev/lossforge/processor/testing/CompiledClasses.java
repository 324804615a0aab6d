package dev.lossforge.processor.testing;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.palantir.javapoet.JavaFile;
import dev.lossforge.processor.emit.jvm.JvmSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/** The classes that a compilation has made, loaded. */
public final class CompiledClasses extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();

    public CompiledClasses(Compilation compilation) {
        this(compilation, CompiledClasses.class.getClassLoader());
    }

    /** The same with the runtime of another class loader. */
    public CompiledClasses(Compilation compilation, ClassLoader parent) {
        super(parent);
        for (JavaFileObject file : compilation.generatedFiles()) {
            if (file.getKind() == JavaFileObject.Kind.CLASS) {
                classes.put(className(file), content(file));
            }
        }
    }

    /** Compiles generated files as a build does: those with vector loops apart, with the Vector API. */
    public static CompiledClasses ofSources(List<JvmSources> sources) {
        Compilation loops = Javac.compiler()
                .withOptions("-proc:none", "--release", "21", "--add-modules", "jdk.incubator.vector")
                .compile(sources.stream()
                        .flatMap(s -> s.vectorLoops().stream())
                        .map(JavaFile::toJavaFileObject)
                        .toList());
        if (!loops.errors().isEmpty()) {
            throw new AssertionError(loops.errors());
        }
        try {
            Path folder = Files.createTempDirectory("vector-loops");
            CompiledClasses vectors = new CompiledClasses(loops);
            vectors.writeTo(folder);
            CompiledClasses all = of(sources.stream().map(JvmSources::loss).toList(), Javac.compiler(folder.toFile()));
            all.classes.putAll(vectors.classes);
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compiles generated files as a user's project would: with no flag, but without a warning. */
    public static CompiledClasses of(List<JavaFile> files) {
        return of(files, Javac.compiler());
    }

    private static CompiledClasses of(List<JavaFile> files, Compiler compiler) {
        Compilation compilation = compiler.withOptions("-proc:none", "-Xlint:all", "-Werror")
                .compile(files.stream().map(JavaFile::toJavaFileObject).toList());
        if (!compilation.errors().isEmpty()) {
            throw new AssertionError(compilation.errors() + "\n" + files.getFirst());
        }
        return new CompiledClasses(compilation);
    }

    /** Writes all classes to a folder, for another class loader. */
    public void writeTo(Path folder) throws IOException {
        for (Map.Entry<String, byte[]> entry : classes.entrySet()) {
            Path file = folder.resolve(entry.getKey().replace('.', '/') + ".class");
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
    }

    /** A new object of a class, by its public constructor with so many parameters. */
    public <T> T create(Class<T> type, String className, Object... arguments) {
        try {
            for (Constructor<?> constructor : loadClass(className).getConstructors()) {
                if (constructor.getParameterCount() == arguments.length) {
                    return type.cast(constructor.newInstance(arguments));
                }
            }
            throw new AssertionError("no such constructor of " + className);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(className, e);
        }
    }

    /** The method of that name, whatever its access. */
    public Method method(String className, String name) {
        try {
            Method method = Arrays.stream(loadClass(className).getDeclaredMethods())
                    .filter(m -> m.getName().equals(name))
                    .findFirst()
                    .orElseThrow();
            method.setAccessible(true);
            return method;
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = classes.get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private static String className(JavaFileObject file) {
        String path = file.getName();
        String root = "/" + StandardLocation.CLASS_OUTPUT + "/";
        return path.substring(path.indexOf(root) + root.length(), path.length() - ".class".length())
                .replace('/', '.');
    }

    private static byte[] content(JavaFileObject file) {
        try (InputStream in = file.openInputStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
