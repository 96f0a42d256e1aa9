package io.jenkins.plugins.sluice.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Problems for people and for programs. */
public final class ProblemReport {
    /** More than this many nobody reads; the rest is only counted. */
    private static final int SHOWN = 100;

    private ProblemReport() {}

    /** Each problem with its hint, and a last line that counts them; empty text for no problems. */
    public static String text(List<Problem> problems) {
        if (problems.isEmpty()) {
            return "";
        }
        String shown = problems.stream().limit(SHOWN).map(p -> p + "\n").collect(Collectors.joining());
        String more = problems.size() > SHOWN ? "… and " + (problems.size() - SHOWN) + " more\n" : "";
        return shown + more + counted(problems) + "\n";
    }

    /** {@code 2 errors, 1 warning}. */
    public static String counted(List<Problem> problems) {
        long errors = problems.stream().filter(Problem::isError).count();
        long warnings = problems.size() - errors;
        String counted = errors == 0 ? "" : errors + (errors == 1 ? " error" : " errors");
        String separator = errors > 0 && warnings > 0 ? ", " : "";
        return counted + separator + (warnings == 0 ? "" : warnings + (warnings == 1 ? " warning" : " warnings"));
    }

    /** An array with an object for each problem: code, severity, file, line, column, path, message, hint. */
    public static String json(List<Problem> problems) {
        ArrayNode array = Json.object().putArray("problems");
        for (Problem problem : problems) {
            ObjectNode json = array.addObject();
            json.put("code", problem.code().id());
            json.put("severity", problem.severity().word());
            json.put("file", problem.place().location().file());
            json.put("line", problem.place().location().line());
            json.put("column", problem.place().location().column());
            json.put("path", problem.place().path());
            json.put("message", problem.message());
            json.put("hint", problem.hint());
        }
        return Json.text(array);
    }
}
