import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

/**
 * Rewrites a jar of Java 5 class files as Java 8 class files; what they do stays the same.
 *
 * <p>Picocli is compiled for Java 5. Java does not keep such classes in a class-data-sharing archive, nor ours that
 * refer to them, and verifies them slowly at each start: that is a third of the time of {@code sluice lint}. The build
 * runs this program from its source, with ASM on the class path: {@code java -cp asm.jar RaiseClassFiles.java JAR}.
 */
final class RaiseClassFiles {

    private static final int JAVA_5 = 49;

    private RaiseClassFiles() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path raised = jar.resolveSibling(jar.getFileName() + ".raised");
        URL[] path = {jar.toUri().toURL()};
        try (ZipFile from = new ZipFile(jar.toFile());
                URLClassLoader classes = new URLClassLoader(path);
                OutputStream file = Files.newOutputStream(raised);
                ZipOutputStream to = new ZipOutputStream(file)) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                ZipEntry copy = new ZipEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                to.putNextEntry(copy);
                to.write(raised(entry.getName(), from.getInputStream(entry), classes));
            }
        }
        Files.move(raised, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] raised(String name, InputStream in, ClassLoader classes) throws IOException {
        byte[] bytes = in.readAllBytes();
        // Picocli's classes for Groovy need Groovy to be read, and nobody loads them.
        boolean old = name.endsWith(".class") && !name.contains("/groovy/") && bytes[7] <= JAVA_5;
        return old ? raised(new ClassReader(bytes), classes) : bytes;
    }

    private static byte[] raised(ClassReader reader, ClassLoader classes) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected ClassLoader getClassLoader() {
                return classes;
            }
        };
        ClassVisitor raise = new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public void visit(int version, int access, String name, String sign, String parent, String[] interfaces) {
                super.visit(Opcodes.V1_8, access, name, sign, parent, interfaces);
            }
        };
        reader.accept(raise, ClassReader.SKIP_FRAMES);
        return writer.toByteArray();
    }
}
