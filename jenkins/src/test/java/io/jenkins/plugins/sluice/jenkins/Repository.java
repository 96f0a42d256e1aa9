package io.jenkins.plugins.sluice.jenkins;

import hudson.model.ParametersDefinitionProperty;
import hudson.model.StringParameterDefinition;
import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.UserRemoteConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jvnet.hudson.test.JenkinsRule;

/** A Git repository with a pipeline, and the job that builds it: nothing but what a user would have. */
final class Repository {
    private final Path directory;

    private Repository(Path directory) {
        this.directory = directory;
    }

    /** A repository with a configuration and a one-line Jenkinsfile, committed by ada. */
    static Repository of(Path directory, String... yaml) throws IOException, InterruptedException {
        GitSCM.ALLOW_LOCAL_CHECKOUT = true;
        Files.createDirectories(directory.resolve(".pipeline"));
        Repository repository = new Repository(directory);
        repository.git("init", "-q", "-b", "main");
        repository.write(".pipeline/config.yaml", String.join("\n", yaml) + "\n");
        return repository.write("Jenkinsfile", "sluice()").commit();
    }

    Repository write(String file, String content) throws IOException {
        Files.writeString(directory.resolve(file), content);
        return this;
    }

    Repository commit() throws IOException, InterruptedException {
        return commitBy("ada");
    }

    Repository commitBy(String who) throws IOException, InterruptedException {
        git("add", "-A");
        git("-c", "user.name=" + who, "-c", "user.email=" + who, "commit", "-q", "-m", "a change");
        return this;
    }

    /** As somebody does who rewrites the branch. */
    Repository dropLast() throws IOException, InterruptedException {
        git("reset", "-q", "--hard", "HEAD^");
        return this;
    }

    /** Names the newest commit, as a server does that keeps changes; gives the commit. */
    String ref(String name) throws IOException, InterruptedException {
        git("update-ref", name, "HEAD");
        return git("rev-parse", "HEAD").strip();
    }

    Repository tag(String name) throws IOException, InterruptedException {
        git("tag", name);
        return this;
    }

    Repository submodule(Repository module, String path) throws IOException, InterruptedException {
        git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.url(), path);
        return this;
    }

    String url() {
        return directory.toUri().toString();
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(arguments));
        Process git = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (git.waitFor() != 0) {
            throw new IOException(String.join(" ", line) + ": " + output);
        }
        return output;
    }

    /** A job with the Jenkinsfile of the repository, in the sandbox as such jobs are. */
    WorkflowJob job(JenkinsRule jenkins, String name) throws IOException {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        GitSCM scm = new GitSCM(
                List.of(new UserRemoteConfig(url(), null, null, null)),
                List.of(new BranchSpec("*/main")),
                null,
                null,
                List.of());
        job.setDefinition(new CpsScmFlowDefinition(scm, "Jenkinsfile"));
        return job;
    }

    /** The same with a parameter. */
    WorkflowJob job(JenkinsRule jenkins, String name, String parameter) throws IOException {
        WorkflowJob job = job(jenkins, name);
        job.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition(parameter, "")));
        return job;
    }
}
