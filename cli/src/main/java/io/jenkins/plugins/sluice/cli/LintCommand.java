package io.jenkins.plugins.sluice.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice lint}: says what is wrong with a configuration. */
final class LintCommand implements Command {

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public String summary() {
        return "Check configurations and print every problem with its place and a hint";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument(
                "PATH", "0..*", "Repositories or configuration files. Default: the current directory."));
        spec.addOption(Options.choice(
                "--format", "How to print problems: text for people, json for programs.", "text", "json"));
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        List<String> paths = arguments.matchedPositionalValue(0, List.of(".pipeline/config.yaml"));
        for (String path : paths) {
            Path file = console.resolve(path);
            try (Reader reader = Files.newBufferedReader(file)) {
                // Not through Yaml: it makes a constructor, a representer and a logger that nobody needs here.
                LoaderOptions limits = new LoaderOptions();
                new Composer(new ParserImpl(new StreamReader(reader), limits), new Resolver(), limits).getSingleNode();
            } catch (MarkedYAMLException e) {
                console.err().println(path + ": " + e.getProblem());
                return ExitCode.BAD_INPUT;
            }
            console.out().println(path + ": ok");
        }
        return ExitCode.OK;
    }
}
