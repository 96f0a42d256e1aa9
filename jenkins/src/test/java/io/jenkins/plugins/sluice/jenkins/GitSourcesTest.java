package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.BuildChooserSetting;
import hudson.plugins.git.extensions.impl.CleanCheckout;
import hudson.plugins.git.extensions.impl.CloneOption;
import hudson.plugins.git.extensions.impl.LocalBranch;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import hudson.plugins.git.util.DefaultBuildChooser;
import hudson.scm.NullSCM;
import hudson.slaves.EnvironmentVariablesNodeProperty;
import io.jenkins.plugins.sluice.run.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jenkins.plugins.git.GitSCMSourceDefaults;
import jenkins.plugins.git.MergeWithGitSCMExtension;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** What the sources of a job become by {@code fetch} of a pipeline. */
public class GitSourcesTest {
    private static final String[] HISTORY = {
        "version: 1",
        "pipelines:",
        "  all: {stages: [{name: a, script: 'echo all $(git rev-list --count HEAD), $(git tag | wc -l) tags'}]}",
        "  few:",
        "    needs: [all]",
        "    fetch: {depth: 2, tags: false}",
        "    stages: [{name: b, script: 'echo few $(git rev-list --count HEAD), $(git tag | wc -l) tags'}]"
    };

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private final List<String> notes = new ArrayList<>();

    private static GitSCM job(GitSCMExtension... extensions) {
        return new GitSCM(
                List.of(new UserRemoteConfig("file:///r", "origin", "+refs/heads/a:refs/remotes/origin/a", "id")),
                List.of(new BranchSpec("abc")),
                null,
                "tool",
                List.of(extensions));
    }

    private List<GitSCMExtension> with(GitSCM job, Map<String, ?> options) {
        List<GitSCMExtension> before = job.getExtensions().toList();
        GitSCM git = (GitSCM) GitSources.with(job, options, "", false, notes::add);
        assertThat(git.getUserRemoteConfigs()).isEqualTo(job.getUserRemoteConfigs());
        assertThat(git.getBranches()).isEqualTo(job.getBranches());
        assertThat(git.getGitTool()).isEqualTo("tool");
        assertThat(job.getExtensions().toList()).as("the job's own").isEqualTo(before);
        return git.getExtensions().toList();
    }

    private static CloneOption clone(boolean shallow, Integer depth, boolean noTags) {
        CloneOption clone = new CloneOption(shallow, noTags, null, null);
        clone.setDepth(depth);
        return clone;
    }

    private static SubmoduleOption submodules(boolean wanted, boolean shallow, Integer depth) {
        SubmoduleOption option = new SubmoduleOption(!wanted, wanted, false, null, null, false);
        option.setShallow(shallow);
        option.setDepth(depth);
        return option;
    }

    @Test
    public void aPlainJobGetsWhatIsSaidAndNothingElse() {
        assertThat(with(job(), Map.of("shallow", true, "depth", 5))).containsExactly(clone(true, 5, false));
        assertThat(with(job(), Map.of("tags", false))).containsExactly(clone(false, null, true));
        assertThat(with(job(), Map.of("submodules", true))).containsExactly(submodules(true, false, null));
        assertThat(with(job(), Map.of("shallow", true, "depth", 5, "submodules", true)))
                .containsExactly(clone(true, 5, false), submodules(true, true, 5));
        assertThat(notes).isEmpty();
    }

    @Test
    public void whatTheJobHasBesidesStays() {
        CloneOption old = new CloneOption(true, true, "/srv/mirror", 30);
        old.setDepth(1);
        old.setHonorRefspec(true);
        SubmoduleOption modules = new SubmoduleOption(false, true, true, "/srv/modules", 9, true);
        GitSCM job = job(new LocalBranch("a"), old, modules, new CleanCheckout());

        CloneOption tags = new CloneOption(true, false, "/srv/mirror", 30);
        tags.setDepth(1);
        tags.setHonorRefspec(true);
        assertThat(with(job, Map.of("tags", true)))
                .containsExactly(new LocalBranch("a"), modules, new CleanCheckout(), tags);

        CloneOption whole = new CloneOption(false, true, "/srv/mirror", 30);
        whole.setDepth(1);
        whole.setHonorRefspec(true);
        assertThat(with(job, Map.of("shallow", false)))
                .containsExactly(new LocalBranch("a"), new CleanCheckout(), whole, modules);

        SubmoduleOption none = new SubmoduleOption(true, false, true, "/srv/modules", 9, true);
        assertThat(with(job, Map.of("submodules", false)))
                .containsExactly(new LocalBranch("a"), old, new CleanCheckout(), none);
    }

    @Test
    public void aBranchSourceHasItsOwnWordOnTags() {
        GitSCM job = job(new GitSCMSourceDefaults(false));
        assertThat(with(job, Map.of("shallow", true, "depth", 3)))
                .as("tags are not said, so there are still none")
                .containsExactly(new GitSCMSourceDefaults(false), clone(true, 3, true));
        assertThat(with(job, Map.of("tags", true)))
                .containsExactly(new GitSCMSourceDefaults(true), clone(false, null, false));
    }

    @Test
    public void aJobThatMergesKeepsItsHistoryAndTheLogSaysSo() {
        MergeWithGitSCMExtension merge = new MergeWithGitSCMExtension("main", "def");
        assertThat(with(job(merge), Map.of("shallow", true, "depth", 3, "tags", false)))
                .containsExactly(merge, clone(false, null, true));
        assertThat(notes).singleElement().asString().contains("merges before it builds");
    }

    @Test
    public void onlyPlainGitIsGit() {
        assertThat(GitSources.isGit(job())).isTrue();
        assertThat(GitSources.isGit(new NullSCM())).isFalse();
        assertThat(GitSources.isGit(new GitSCM("file:///r") {})).isFalse();
    }

    private static String at(String commit, Map<String, ?> options, GitSCMExtension... extensions) {
        GitSCM git = (GitSCM) GitSources.with(job(extensions), options, commit, false, line -> {});
        return git.getBranches().get(0).getName();
    }

    @Test
    public void theCommitOfTheRunIsHeldTo() {
        String commit = "0123456789".repeat(4);
        assertThat(at(commit, Map.of())).isEqualTo(commit);
        assertThat(at("", Map.of())).isEqualTo("abc");
        assertThat(at(commit, Map.of("shallow", true, "depth", 3))).isEqualTo(commit);
        assertThat(at(commit, Map.of(), new MergeWithGitSCMExtension("main", "def"))).isEqualTo("abc");
        assertThat(at(commit, Map.of(), new BuildChooserSetting(new DefaultBuildChooser()))).isEqualTo(commit);
        GitSCM merging = job(new MergeWithGitSCMExtension("main", "def"));
        assertThatThrownBy(() -> GitSources.with(merging, Map.of(), commit, true, line -> {}))
                .hasMessageContaining("merges before it builds");
    }

    @Test
    public void aRunStaysWithItsCommitWhenTheBranchMovesOn() throws Exception {
        Repository repository = Repository.of(
                folder.newFolder().toPath(),
                "version: 1",
                "pipelines:",
                "  all:",
                "    stages:",
                "      - {name: before, script: 'git rev-parse HEAD >before.txt', artifacts: [before.txt]}",
                "      - {name: go, gate: {}}",
                "      - {name: after, script: 'echo same: $(git rev-parse HEAD | cmp - before.txt && echo yes)'}");
        WorkflowRun build = repository.job(JENKINS, "moving").scheduleBuild2(0).waitForStart();
        Gates.asked(build);
        repository.write("later.txt", "later").commit();
        new Gates(JENKINS).vote(build, "", "approve", Map.of());
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
        JENKINS.assertLogContains("same: yes", build);
        assertThat(build.getChangeSets()).as("told once, by the planning checkout").hasSizeLessThanOrEqualTo(1);
    }

    /** Nobody has looked at the newer one. */
    @Test
    public void aShallowCheckoutThatHasLostTheCommitTakesNoOther() throws Exception {
        Repository repository = Repository.of(
                folder.newFolder().toPath(),
                "version: 1",
                "pipelines:",
                "  all:",
                "    fetch: {depth: 1}",
                "    stages:",
                "      - {name: go, gate: {}}",
                "      - {name: after, script: cat later.txt}");
        WorkflowRun build = repository.job(JENKINS, "lost").scheduleBuild2(0).waitForStart();
        Gates.asked(build);
        repository.write("later.txt", "not reviewed").commit();
        new Gates(JENKINS).vote(build, "", "approve", Map.of());
        JENKINS.assertBuildStatus(Result.FAILURE, JENKINS.waitForCompletion(build));
        JENKINS.assertLogContains("must be among the newest 1 of its branch", build);
        JENKINS.assertLogNotContains("not reviewed", build);
        assertThat(Stages.outcome(build, "all/after")).isEqualTo(Outcome.ERRORED);
    }

    private Repository repository() throws Exception {
        Path directory = folder.newFolder().toPath();
        Repository repository = Repository.of(directory, HISTORY);
        for (int i = 0; i < 30; i++) {
            repository.write("a.txt", "commit " + i).commit().tag("v" + i);
        }
        return repository;
    }

    private static WorkflowJob zuul(String name, Repository repository) throws Exception {
        WorkflowJob job = JENKINS.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition("sluice()", true));
        job.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("ZUUL_URL", repository.url()),
                new StringParameterDefinition("ZUUL_REF", "refs/heads/main")));
        return job;
    }

    @Test
    public void aPipelineOfABranchJobIsFetchedAsItSays() throws Exception {
        WorkflowJob job = repository().job(JENKINS, "history");
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        JENKINS.assertLogContains("all 31, 30 tags", build);
        JENKINS.assertLogContains("few 2, 0 tags", build);
    }

    /** Git of another plugin, which this one knows nothing of. */
    public static final class OtherGit extends GitSCM {
        OtherGit(String url) {
            super(List.of(new UserRemoteConfig(url, null, null, null)), List.of(new BranchSpec("*/main")), null, null, null);
        }

        @Override
        public DescriptorImpl getDescriptor() {
            return (DescriptorImpl) JENKINS.jenkins.getDescriptorOrDie(GitSCM.class);
        }
    }

    @Test
    public void whatIsNotPlainGitStaysAndTheLogSaysSo() throws Exception {
        WorkflowJob job = JENKINS.createProject(WorkflowJob.class, "other");
        job.setDefinition(new CpsScmFlowDefinition(new OtherGit(repository().url()), "Jenkinsfile"));
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        JENKINS.assertLogContains("few 31, 30 tags", build);
        JENKINS.assertLogContains("'fetch' is not followed: the sources of this job come from OtherGit", build);
    }

    @Test
    public void soIsAChangeOfZuul() throws Exception {
        Repository repository = repository();
        WorkflowRun build = JENKINS.buildAndAssertSuccess(zuul("zuul", repository));
        JENKINS.assertLogContains("all 20, 0 tags", build);
        JENKINS.assertLogContains("few 2, 0 tags", build);
    }

    @Test
    public void submodulesComeUnlessTheyAreNotWanted() throws Exception {
        // Git itself takes no submodules from files otherwise.
        JENKINS.jenkins
                .getGlobalNodeProperties()
                .add(new EnvironmentVariablesNodeProperty(
                        new EnvironmentVariablesNodeProperty.Entry("GIT_ALLOW_PROTOCOL", "file")));
        Repository module = Repository.of(folder.newFolder().toPath(), "version: 1");
        Repository repository = Repository.of(
                        folder.newFolder().toPath(),
                        "version: 1",
                        "pipelines:",
                        "  with: {stages: [{name: a, script: 'echo with: $(ls module)'}]}",
                        "  without:",
                        "    needs: [with]",
                        "    fetch: {submodules: false}",
                        "    stages: [{name: b, script: 'echo without: $(ls module)'}]")
                .submodule(module, "module")
                .commit();
        String log = JenkinsRule.getLog(JENKINS.buildAndAssertSuccess(zuul("modules", repository)));
        assertThat(log).contains("with: Jenkinsfile").containsPattern("(?m)^without: *$");
    }
}
