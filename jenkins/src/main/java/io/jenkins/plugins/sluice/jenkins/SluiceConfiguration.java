package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.sluice.model.SiteReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What an administrator has set up for all jobs: the site, and what repositories may do.
 *
 * <pre>{@code
 * unclassified:
 *   sluice:
 *     site: |
 *       registry: {host: 'registry.example:5000'}
 *     policies:
 *       - jobs: team-a/**
 *         policy: |
 *           allowedActions: [script, build, run]
 * }</pre>
 */
@Extension
@Symbol("sluice")
@Restricted(NoExternalUse.class)
public final class SluiceConfiguration extends GlobalConfiguration {
    private static final YamlField SITE = new YamlField("site", SiteReader::read);

    private String site = "";
    /** An ArrayList, which XStream writes in a form that people can read. */
    private List<JobPolicy> policies = new ArrayList<>();

    public SluiceConfiguration() {
        load();
    }

    static SluiceConfiguration get() {
        return ExtensionList.lookupSingleton(SluiceConfiguration.class);
    }

    /** The settings of the site, as the YAML of docs/site.md. */
    public synchronized String getSite() {
        return site;
    }

    /**
     * Takes other settings of the site.
     *
     * @throws IllegalArgumentException if they are wrong, and where
     */
    @DataBoundSetter
    public synchronized void setSite(String site) {
        String given = Util.fixNull(site);
        SITE.demand(given);
        this.site = given;
        save();
    }

    /** What jobs may do, in the order that the administrator gave. */
    public synchronized List<JobPolicy> getPolicies() {
        return List.copyOf(Util.fixNull(policies));
    }

    /**
     * Takes other policies.
     *
     * @throws IllegalArgumentException if one is wrong, and where
     */
    @DataBoundSetter
    public synchronized void setPolicies(List<JobPolicy> policies) {
        List<JobPolicy> given = new ArrayList<>(Util.fixNull(policies));
        given.forEach(JobPolicy::demand);
        this.policies = given;
        save();
    }

    /** Refuses the form as a whole if something in it is wrong. */
    @Override
    public synchronized boolean configure(StaplerRequest2 request, JSONObject json) throws FormException {
        String newSite = json.optString("site");
        List<JobPolicy> newPolicies = request.bindJSONToList(JobPolicy.class, json.get("policies"));
        try {
            SITE.demand(newSite);
        } catch (IllegalArgumentException e) {
            throw new FormException(e, "site");
        }
        try {
            newPolicies.forEach(JobPolicy::demand);
        } catch (IllegalArgumentException e) {
            throw new FormException(e, "policies");
        }
        site = newSite;
        policies = new ArrayList<>(newPolicies);
        save();
        return true;
    }

    /** The policy for the job of that full name, as YAML; empty if everything is allowed. See help-policies.html. */
    String policyFor(String job) {
        // Streams keep the first of equals.
        return getPolicies().stream()
                .filter(policy -> policy.isFor(job))
                .min(Comparator.comparingInt(JobPolicy::precision).reversed())
                .map(JobPolicy::getPolicy)
                .orElse("");
    }

    @POST
    public FormValidation doCheckSite(@QueryParameter String value) {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return SITE.check(value);
    }
}
