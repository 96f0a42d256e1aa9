package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice explain}: the section of {@code docs/errors.md} about a code. */
final class ExplainCommand implements Command {

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "Explain the code of a problem, with an example";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument("CODE", "1", "The word in brackets, such as unknown-stage."));
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        String code = arguments.matchedPositionalValue(0, "");
        List<String> codes =
                Stream.of(ProblemCode.values()).map(ProblemCode::id).toList();
        if (!codes.contains(code)) {
            throw new UsageException("there is no code '" + code + "'; " + Suggestion.among(code, "codes", codes));
        }
        console.out().println(section(code));
        return ExitCode.OK;
    }

    private static String section(String code) throws IOException {
        try (InputStream in = Objects.requireNonNull(ExplainCommand.class.getResourceAsStream("errors.md"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int start = all.indexOf("\n## " + code + "\n");
            int end = all.indexOf("\n## ", start + 1);
            return all.substring(start + 1, end < 0 ? all.length() : end).strip();
        }
    }
}
