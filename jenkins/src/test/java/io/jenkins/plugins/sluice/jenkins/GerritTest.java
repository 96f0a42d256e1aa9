package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
import org.jvnet.hudson.test.JenkinsRule;

/** A change as the Gerrit Trigger plugin hands it to a job; Git's own server takes the place of Gerrit's. */
public class GerritTest {
    private static final String REF = "refs/changes/42/42/3";

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Process server;
    private int port;

    @Before
    public void serve() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--base-path=" + folder.getRoot(),
                        "--export-all",
                        folder.getRoot().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @After
    public void serveNoMore() throws Exception {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        server.waitFor();
    }

    private WorkflowJob job(String name, String commit) throws Exception {
        Map<String, String> parameters = Map.of(
                "GERRIT_SCHEME", "git",
                "GERRIT_HOST", "127.0.0.1",
                "GERRIT_PORT", String.valueOf(port),
                "GERRIT_PROJECT", "shop/api",
                "GERRIT_REFSPEC", REF,
                "GERRIT_PATCHSET_REVISION", commit,
                "GERRIT_CHANGE_NUMBER", "42",
                "GERRIT_PATCHSET_NUMBER", "3",
                "GERRIT_BRANCH", "main",
                "GERRIT_CHANGE_OWNER_EMAIL", "eve@example.org");
        WorkflowJob job = JENKINS.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("sluice()", true));
        job.addProperty(new ParametersDefinitionProperty(parameters.entrySet().stream()
                .map(parameter -> new StringParameterDefinition(parameter.getKey(), parameter.getValue()))
                .toArray(StringParameterDefinition[]::new)));
        return job;
    }

    @Test
    public void theChangeIsWhatIsBuilt() throws Exception {
        Path project = folder.newFolder("shop", "api").toPath();
        Repository repository = Repository.of(
                project,
                "version: 1",
                "pipelines:",
                "  api:",
                "    stages:",
                "      - {name: about, script: 'echo ${trigger.change},${trigger.patchset} of ${trigger.author} for ${trigger.branch}'}",
                "      - {name: api, script: cat api.txt, when: {changed: [api.txt]}}",
                "      - {name: web, script: cat web.txt, when: {changed: [web.txt]}}");
        repository.write("web.txt", "the site").commit();
        repository.write("api.txt", "the change").commitBy("eve");
        String commit = repository.ref(REF);
        repository.dropLast();

        WorkflowRun build = JENKINS.buildAndAssertSuccess(job("gerrit", commit));
        JENKINS.assertLogContains("42,3 of eve@example.org for main", build);
        JENKINS.assertLogContains("the change", build);
        assertThat(Stages.stage(build, "api/web").detail()).contains("changed");
        assertThat(SluiceAction.runOf(build).orElseThrow().basis().trigger().fact("commit"))
                .isEqualTo(commit);
    }
}
