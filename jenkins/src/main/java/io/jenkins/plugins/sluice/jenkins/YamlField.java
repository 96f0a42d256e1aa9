package io.jenkins.plugins.sluice.jenkins;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.nio.charset.StandardCharsets;

/** A setting that is a text in YAML. */
final class YamlField {
    /** Reads a text and says what is wrong with it. */
    @FunctionalInterface
    interface Reader {
        Object read(String name, byte[] bytes, Problems problems);
    }

    private final String name;
    private final Reader reader;

    YamlField(String name, Reader reader) {
        this.name = name;
        this.reader = reader;
    }

    private Problems problems(String text) {
        Problems problems = new Problems();
        reader.read(name, text.getBytes(StandardCharsets.UTF_8), problems);
        return problems;
    }

    /** Throws IllegalArgumentException with everything that is wrong if there is an error. */
    void demand(String text) {
        Problems problems = problems(text);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(
                    ProblemReport.text(problems.list()).strip());
        }
    }

    /** The same for a form: every problem with its line. */
    FormValidation check(String text) {
        Problems problems = problems(Util.fixNull(text));
        String markup = "<pre>" + Util.escape(ProblemReport.text(problems.list()).strip()) + "</pre>";
        if (problems.hasErrors()) {
            return FormValidation.errorWithMarkup(markup);
        }
        return problems.isEmpty() ? FormValidation.ok() : FormValidation.warningWithMarkup(markup);
    }
}
