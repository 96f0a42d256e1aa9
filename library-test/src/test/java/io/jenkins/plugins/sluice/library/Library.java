package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.CpsTransformer;
import com.cloudbees.groovy.cps.NonCPS;
import com.cloudbees.groovy.cps.TransformerConfiguration;
import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.customizers.ImportCustomizer;

/** The shared library of this repository, compiled as Jenkins does. */
final class Library {
    /** The top of this repository. */
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private final GroovyShell shell;
    private final Map<String, Script> variables = new HashMap<>();

    Library() {
        CpsTransformer transformer = new CpsTransformer();
        transformer.setConfiguration(new TransformerConfiguration());
        ImportCustomizer imports = new ImportCustomizer();
        imports.addStarImports(NonCPS.class.getPackageName());
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(ScriptBase.class.getName());
        configuration.addCompilationCustomizers(imports, transformer);
        configuration.setClasspathList(List.of(ROOT.resolve("src").toString()));
        shell = new GroovyShell(Library.class.getClassLoader(), new Binding(), configuration);
    }

    ClassLoader classes() {
        return shell.getClassLoader();
    }

    /** A global variable of the library; null if there is none of that name. */
    Script variable(String name) {
        return variables.computeIfAbsent(name, this::parse);
    }

    private Script parse(String name) {
        Path file = ROOT.resolve("vars/" + name + ".groovy");
        try {
            return Files.exists(file) ? shell.parse(Files.readString(file), name + ".groovy") : null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A {@code Jenkinsfile}. */
    Script script(String text) {
        return shell.parse(text, "WorkflowScript.groovy");
    }
}
