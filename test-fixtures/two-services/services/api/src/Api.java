import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Greets whoever is named. */
public final class Api {
    private Api() {}

    static String greet(String greeting, String name) {
        return name.isBlank() ? greeting + "!" : greeting + ", " + name + "!";
    }

    public static void main(String[] args) throws IOException {
        String greeting = Files.readString(Path.of(args[0])).strip();
        System.out.println(greet(greeting, args.length > 1 ? args[1] : ""));
    }
}
