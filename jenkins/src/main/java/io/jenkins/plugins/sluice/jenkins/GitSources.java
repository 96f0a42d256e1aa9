package io.jenkins.plugins.sluice.jenkins;

import hudson.plugins.git.BranchSpec;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.extensions.GitSCMExtension;
import hudson.plugins.git.extensions.impl.BuildChooserSetting;
import hudson.plugins.git.extensions.impl.CloneOption;
import hudson.plugins.git.extensions.impl.PreBuildMerge;
import hudson.plugins.git.extensions.impl.SubmoduleOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import jenkins.plugins.git.GitSCMSourceDefaults;
import jenkins.plugins.git.MergeWithGitSCMExtension;

/**
 * What a job has of Git, with what a pipeline says of it instead. Of the job's own options that the pipeline says nothing of,
 * all stay. Not to be touched where the plugin Git is missing.
 */
final class GitSources {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final String SHALLOW = "shallow";
    private static final String DEPTH = "depth";

    private final List<GitSCMExtension> extensions;
    private final Map<String, Object> options;

    private GitSources(List<GitSCMExtension> extensions, Map<String, ?> options) {
        this.extensions = new ArrayList<>(extensions);
        this.options = new LinkedHashMap<>(options);
    }

    /** Whether it is Git, and nothing that another plugin has made of it. */
    static boolean isGit(Object scm) {
        return scm.getClass() == GitSCM.class;
    }

    /**
     * A copy with some options: the original may be the configuration of the job.
     *
     * @param scm what {@link #isGit}
     * @param commit the one to check out: if a shallow clone does not have it any more, there is no checkout, and no other
     *     commit; of a job that merges, the job's word stays
     * @param must whether there is no other word than that
     * @param note gets what cannot be done
     * @throws IllegalStateException if the commit must be had, and cannot
     */
    static Object with(Object scm, Map<String, ?> options, String commit, boolean must, Consumer<String> note) {
        GitSCM git = (GitSCM) scm;
        GitSources sources = new GitSources(git.getExtensions().toList(), options);
        if (sources.isSaid(SHALLOW) && sources.merges()) {
            sources.options.remove(SHALLOW);
            note.accept("'fetch.shallow' is not followed: this job merges before it builds, which needs the history");
        }
        sources.clones();
        sources.submodules();
        List<BranchSpec> branches = git.getBranches();
        if (COMMIT.matcher(commit).matches() && !sources.merges()) {
            sources.shallow().ifPresent(clone -> note.accept("the sources are cloned shallowly: commit " + commit
                    + " must be among the newest " + clone.getDepth() + " of its branch"));
            // A branch source would choose that of its own build, which another build repeats with its own commit.
            sources.extensions.removeIf(BuildChooserSetting.class::isInstance);
            branches = List.of(new BranchSpec(commit));
        } else if (must) {
            throw new IllegalStateException(
                    "the commit of the run that is repeated cannot be had: this job merges before it builds");
        }
        return new GitSCM(
                git.getUserRemoteConfigs(), branches, git.getBrowser(), git.getGitTool(), sources.extensions);
    }

    private boolean isSaid(String option) {
        return Boolean.TRUE.equals(options.get(option));
    }

    private Optional<CloneOption> shallow() {
        return first(CloneOption.class).filter(CloneOption::isShallow);
    }

    private boolean merges() {
        return extensions.stream()
                .anyMatch(one -> one instanceof PreBuildMerge || one instanceof MergeWithGitSCMExtension);
    }

    private <T extends GitSCMExtension> Optional<T> first(Class<T> type) {
        return extensions.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private void replace(GitSCMExtension extension) {
        extensions.removeIf(extension.getClass()::isInstance);
        extensions.add(extension);
    }

    private void clones() {
        if (options.containsKey("tags") && first(GitSCMSourceDefaults.class).isPresent()) {
            // Of branch sources, that has its own word on tags.
            replace(new GitSCMSourceDefaults(isSaid("tags")));
        }
        if (options.containsKey("tags") || options.containsKey(SHALLOW)) {
            boolean none = extensions.contains(new GitSCMSourceDefaults(false));
            CloneOption old = first(CloneOption.class).orElseGet(() -> new CloneOption(false, none, null, null));
            CloneOption clone = new CloneOption(
                    options.containsKey(SHALLOW) ? isSaid(SHALLOW) : old.isShallow(),
                    options.containsKey("tags") ? !isSaid("tags") : old.isNoTags(),
                    old.getReference(),
                    old.getTimeout());
            clone.setHonorRefspec(old.isHonorRefspec());
            clone.setDepth(isSaid(SHALLOW) ? (Integer) options.get(DEPTH) : old.getDepth());
            replace(clone);
        }
    }

    private void submodules() {
        boolean said = options.containsKey("submodules");
        Optional<SubmoduleOption> old = first(SubmoduleOption.class);
        if (said || (old.isPresent() && options.containsKey(SHALLOW))) {
            SubmoduleOption option = copy(old.orElseGet(SubmoduleOption::new));
            if (said) {
                option.setDisableSubmodules(!isSaid("submodules"));
                option.setRecursiveSubmodules(isSaid("submodules"));
            }
            if (options.containsKey(SHALLOW)) {
                option.setShallow(isSaid(SHALLOW));
                option.setDepth(isSaid(SHALLOW) ? (Integer) options.get(DEPTH) : null);
            }
            replace(option);
        }
    }

    private static SubmoduleOption copy(SubmoduleOption old) {
        SubmoduleOption copy = new SubmoduleOption(
                old.isDisableSubmodules(),
                old.isRecursiveSubmodules(),
                old.isTrackingSubmodules(),
                old.getReference(),
                old.getTimeout(),
                old.isParentCredentials());
        copy.setShallow(old.getShallow());
        copy.setDepth(old.getDepth());
        copy.setThreads(old.getThreads());
        return copy;
    }
}
