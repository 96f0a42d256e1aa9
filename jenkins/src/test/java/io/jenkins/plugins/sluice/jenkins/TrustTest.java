package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.After;
import org.junit.Before;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** What nobody who is trusted has looked at does not run: ada is trusted, eve is not. */
public class TrustTest {
    private static final String[] GOOD = {"version: 1", "pipelines: {api: {stages: [{name: a, script: echo fine}]}}"};
    private static final String EVIL = "version: 1\npipelines: {api: {stages: [{name: a, script: echo evil}]}}\n";

    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    @Before
    public void policy() throws Exception {
        SluiceConfiguration.get().setPolicies(List.of(new JobPolicy("**", "trusted: {users: [ada]}")));
    }

    @After
    public void noPolicy() {
        SluiceConfiguration.get().setPolicies(List.of());
    }

    private Repository repository() throws Exception {
        return Repository.of(folder.newFolder().toPath(), GOOD);
    }

    private static void assertAsked(WorkflowJob job) throws Exception {
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Gates.asked(build);
        build.doStop();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(build));
        JENKINS.assertLogNotContains("[Pipeline] sh", build);
    }

    @Test
    public void whoIsTrustedIsNotAsked() throws Exception {
        Repository repository = repository();
        WorkflowJob job = repository.job(JENKINS, "trusted");
        JENKINS.assertLogContains("fine", JENKINS.buildAndAssertSuccess(job));
        repository.write("README", "by eve").commitBy("eve");
        JENKINS.assertLogContains("fine", JENKINS.buildAndAssertSuccess(job));
    }

    @Test
    public void aHarmlessCommitHidesNothing() throws Exception {
        Repository repository = repository();
        repository.write(".pipeline/config.yaml", EVIL).commitBy("eve");
        repository.write("README", "harmless").commitBy("eve");
        WorkflowJob job = repository.job(JENKINS, "hidden");
        assertAsked(job);
        repository.write("README", "and another").commitBy("eve");
        assertAsked(job);
    }

    @Test
    public void whoIsTrustedLetsTheChangeOfSomebodyElseRun() throws Exception {
        JENKINS.jenkins.setSecurityRealm(JENKINS.createDummySecurityRealm());
        Repository repository = repository();
        WorkflowJob job = repository.job(JENKINS, "reviewed");
        JENKINS.buildAndAssertSuccess(job);
        repository.write(".pipeline/config.yaml", EVIL).commitBy("eve");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        Gates gates = new Gates(JENKINS);
        gates.vote(build, "eve", "approve", Map.of());
        JENKINS.waitForMessage("the vote of eve does not count", build);
        JENKINS.assertLogNotContains("[Pipeline] sh", build);
        gates.vote(build, "ada", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
        JENKINS.assertLogContains("evil", build);
    }

    @Test
    public void aRewrittenBranchHidesNothing() throws Exception {
        Repository repository = repository();
        WorkflowJob job = repository.job(JENKINS, "forced");
        repository.write("README", "one").commit();
        JENKINS.buildAndAssertSuccess(job);
        repository.dropLast().write(".pipeline/config.yaml", EVIL).commitBy("eve");
        repository.write("README", "harmless").commitBy("eve");
        assertAsked(job);
    }

    @Test
    public void aDetourToTheFileHidesNothing() throws Exception {
        Repository repository = repository().write("other.yaml", String.join("\n", GOOD));
        repository.write("Jenkinsfile", "sluice(config: './ci/../other.yaml')").commit();
        WorkflowJob job = repository.job(JENKINS, "detour");
        JENKINS.buildAndAssertSuccess(job);
        repository.write("other.yaml", EVIL).commitBy("eve");
        assertAsked(job);
    }

    @Test
    public void neitherDoesALinkAndNothingElseIsRead() throws Exception {
        Path directory = folder.newFolder().toPath();
        Repository repository = Repository.of(directory, GOOD);
        Files.move(directory.resolve(".pipeline"), directory.resolve("ci"));
        Files.createSymbolicLink(directory.resolve(".pipeline"), Path.of("ci"));
        repository.commit();
        WorkflowRun build = JENKINS.buildAndAssertStatus(Result.FAILURE, repository.job(JENKINS, "link"));
        JENKINS.assertLogContains("there is no .pipeline/config.yaml in the repository", build);
        repository.write("Jenkinsfile", "sluice(config: '/etc/passwd')").commit();
        build = JENKINS.buildAndAssertStatus(Result.FAILURE, repository.job(JENKINS, "outside"));
        JENKINS.assertLogContains("'/etc/passwd' is not in the repository", build);
        JENKINS.assertLogNotContains("root:", build);
    }

    @Test
    public void aDryRunThatRepeatsDoesNothing() throws Exception {
        Repository repository = repository();
        WorkflowJob job = repository.job(JENKINS, "dry", "from");
        JENKINS.buildAndAssertSuccess(job);
        repository.write("Jenkinsfile", "sluice(dryRun: true)").commit();
        WorkflowRun build = JENKINS.assertBuildStatusSuccess(
                job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("from", "1/a"))));
        JENKINS.assertLogContains("repeats build 1/a", build);
        JENKINS.assertLogNotContains("fine\n", build);
    }

    @Test
    public void theLibraryDoesNothingForAScriptInTheSandbox() throws Exception {
        WorkflowJob job = JENKINS.createProject(WorkflowJob.class, "sandbox");
        for (String host : List.of("groovy.util.Eval", "this")) {
            job.setDefinition(new CpsFlowDefinition(
                    "new io.jenkins.plugins.sluice.JenkinsHost(" + host + ")"
                            + ".perform([step: 'me', around: [], args: 'jenkins.model.Jenkins.get().setSystemMessage(\"x\")'])",
                    true));
            JENKINS.buildAndAssertStatus(Result.FAILURE, job);
        }
        assertThat(JENKINS.jenkins.getSystemMessage()).isNull();
    }

    @Test
    public void whoWroteTheEarlierRunWroteTheRepeatedOne() throws Exception {
        Repository repository = Repository.of(
                folder.newFolder().toPath(),
                "version: 1",
                "pipelines:",
                "  api:",
                "    stages:",
                "      - {name: a, script: 'true'}",
                "      - {name: ask, gate: {approvers: {exclude: [author]}}}");
        WorkflowJob job = repository.job(JENKINS, "author", "from");
        JENKINS.jenkins.setSecurityRealm(JENKINS.createDummySecurityRealm());
        WorkflowRun first = job.scheduleBuild2(0).waitForStart();
        Gates gates = new Gates(JENKINS);
        gates.vote(first, "bob", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(first));
        repository.write("README", "by eve").commitBy("eve");
        WorkflowRun again = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("from", "1/ask")))
                .waitForStart();
        gates.vote(again, "ada", "approve", Map.of());
        JENKINS.waitForMessage("the vote of ada does not count", again);
        gates.vote(again, "eve", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(again));
    }
}
