package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.sluice.model.PathPattern;
import io.jenkins.plugins.sluice.model.PolicyReader;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** What the jobs may do whose full names match a pattern. */
@Restricted(NoExternalUse.class)
public final class JobPolicy extends AbstractDescribableImpl<JobPolicy> {
    private static final YamlField POLICY = new YamlField("policy", PolicyReader::read);

    private final String jobs;
    private final String policy;

    @DataBoundConstructor
    public JobPolicy(String jobs, String policy) {
        this.jobs = Util.fixNull(jobs).strip();
        this.policy = Util.fixNull(policy);
    }

    /** The pattern: {@code *} within a folder, {@code **} across folders. */
    public String getJobs() {
        return jobs;
    }

    /** The policy, as the YAML of docs/site.md. */
    public String getPolicy() {
        return policy;
    }

    boolean isFor(String job) {
        return PathPattern.parse(jobs).matchesWhole(job);
    }

    /** How many characters the pattern has before its first wildcard. */
    int precision() {
        for (int i = 0; i < jobs.length(); i++) {
            if ("*?{".indexOf(jobs.charAt(i)) >= 0) {
                return i;
            }
        }
        return jobs.length();
    }

    /** Throws IllegalArgumentException if this is no policy for any job. */
    void demand() {
        if (jobs.isEmpty()) {
            throw new IllegalArgumentException(Messages.JobPolicy_noJobs());
        }
        POLICY.demand(policy);
    }

    /** A row of the form. */
    @Extension
    public static final class DescriptorImpl extends Descriptor<JobPolicy> {
        @Override
        public String getDisplayName() {
            return Messages.JobPolicy_name();
        }

        @POST
        public FormValidation doCheckJobs(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Util.fixEmptyAndTrim(value) == null
                    ? FormValidation.error(Messages.JobPolicy_noJobs())
                    : FormValidation.ok();
        }

        @POST
        public FormValidation doCheckPolicy(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return POLICY.check(value);
        }
    }
}
