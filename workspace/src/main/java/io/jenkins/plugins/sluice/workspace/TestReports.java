package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.TestReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JUnit reports of a workspace. */
public final class TestReports {
    private TestReports() {}

    /**
     * Reads those that some patterns ask for.
     *
     * @throws IOException if one of them cannot be read, with its place
     */
    public static InstructionResult.TestsRead read(Path workspace, List<String> patterns) throws IOException {
        PatternSearch search = new PatternSearch(workspace, patterns);
        TestReport sum = TestReport.EMPTY;
        List<String> paths = new ArrayList<>();
        for (WorkspaceFiles.Found found : search.find()) {
            sum = sum.plus(JUnitReport.read(found.file()));
            paths.add(found.path());
        }
        return new InstructionResult.TestsRead(sum, search.unmatched(paths));
    }
}
