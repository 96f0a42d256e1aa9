package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.FilePath;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.libs.LibraryConfiguration;
import org.jenkinsci.plugins.workflow.libs.LibraryResolver;
import org.jenkinsci.plugins.workflow.libs.LibraryRetriever;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * Gives every job the shared library that this plugin carries, without a line that asks for it: so library and plugin never
 * differ in version. The library is trusted; the script of the job may be in the sandbox.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class BundledLibrary extends LibraryResolver {
    /** The name under which {@code @Library('sluice')} finds it, too. */
    static final String NAME = "sluice";

    /** Below the library's root; a test holds this against what is there. */
    static final List<String> FILES =
            List.of("vars/sluice.groovy", "vars/sluice.txt", "src/io/jenkins/plugins/sluice/JenkinsHost.groovy");

    private static final String ROOT = "/sluice-library/";

    @Override
    public boolean isTrusted() {
        return true;
    }

    @Override
    public Collection<LibraryConfiguration> forJob(Job<?, ?> job, Map<String, String> libraryVersions) {
        LibraryConfiguration library = new LibraryConfiguration(NAME, new Retriever());
        library.setDefaultVersion("bundled");
        library.setImplicit(true);
        library.setAllowVersionOverride(false);
        library.setIncludeInChangesets(false);
        return List.of(library);
    }

    /** Copies the library out of this plugin. It is not for the settings of other libraries, so it has no descriptor. */
    static final class Retriever extends LibraryRetriever {
        @Override
        public void retrieve(
                String name, String version, boolean changelog, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            retrieve(name, version, target, run, listener);
        }

        @Override
        public void retrieve(String name, String version, FilePath target, Run<?, ?> run, TaskListener listener)
                throws Exception {
            for (String file : FILES) {
                try (InputStream content = BundledLibrary.class.getResourceAsStream(ROOT + file)) {
                    if (content == null) {
                        throw new IOException("the plugin lacks " + file + " of its library");
                    }
                    target.child(file).copyFrom(content);
                }
            }
        }
    }
}
