package io.jenkins.plugins.sluice.run;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the tests of a stage came to.
 *
 * @param tests how many there were, those skipped included
 * @param failures how many found something wrong
 * @param errors how many could not find out
 * @param skipped how many did not run
 * @param failed the first {@value #MOST_NAMED} failures and errors, each as {@code class.test}
 */
public record TestReport(int tests, int failures, int errors, int skipped, List<String> failed) {

    /** How many tests are named; the counts are always whole. */
    public static final int MOST_NAMED = 20;

    /** No tests at all. */
    public static final TestReport EMPTY = new TestReport(0, 0, 0, 0, List.of());

    /** Keeps the first {@value #MOST_NAMED} names. */
    public TestReport {
        if (tests < 0 || failures < 0 || errors < 0 || skipped < 0) {
            throw new IllegalArgumentException("a number of tests cannot be negative");
        }
        failed = failed.stream().limit(MOST_NAMED).toList();
    }

    /** Both together, the names of this one first. */
    public TestReport plus(TestReport other) {
        return new TestReport(
                Math.addExact(tests, other.tests),
                Math.addExact(failures, other.failures),
                Math.addExact(errors, other.errors),
                Math.addExact(skipped, other.skipped),
                Stream.concat(failed.stream(), other.failed.stream()).toList());
    }

    /** Whether no test failed; a report without tests is all right. */
    public boolean isGood() {
        return failures == 0 && errors == 0;
    }
}
