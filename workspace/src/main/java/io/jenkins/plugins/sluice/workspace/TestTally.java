package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.run.TestReport;
import java.util.ArrayList;
import java.util.List;

/** Counts test cases one after another; each has one outcome, the worst that is said of it. */
final class TestTally {

    private static final int LONGEST_NAME = 200;

    private final List<String> failed = new ArrayList<>();
    private int tests;
    private int failures;
    private int errors;
    private int skipped;

    private String name = "";
    private boolean hasFailure;
    private boolean hasError;
    private boolean isSkipped;

    void begin(String className, String testName) {
        name = String.join(
                ".",
                List.of(className, testName).stream()
                        .filter(part -> !part.isBlank())
                        .toList());
        hasFailure = false;
        hasError = false;
        isSkipped = false;
    }

    void failure() {
        hasFailure = true;
    }

    void error() {
        hasError = true;
    }

    void skipped() {
        isSkipped = true;
    }

    void end() {
        tests++;
        if (hasFailure) {
            failures++;
        } else if (hasError) {
            errors++;
        } else if (isSkipped) {
            skipped++;
        }
        if (hasFailure || hasError) {
            addName();
        }
    }

    TestReport report() {
        return new TestReport(tests, failures, errors, skipped, failed);
    }

    private void addName() {
        if (failed.size() < TestReport.MOST_NAMED) {
            String line = name.replaceAll("\\s+", " ");
            failed.add(line.length() > LONGEST_NAME ? line.substring(0, LONGEST_NAME - 1) + "…" : line);
        }
    }
}
