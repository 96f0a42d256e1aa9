package io.jenkins.plugins.sluice.jenkins;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import jenkins.model.GlobalConfiguration;
import org.jenkinsci.Symbol;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** What an administrator has set up for all jobs: the site, and what repositories may do. */
@Extension
@Symbol("sluice")
@Restricted(NoExternalUse.class)
public final class SluiceConfiguration extends GlobalConfiguration {
    private String site = "";

    public SluiceConfiguration() {
        load();
    }

    static SluiceConfiguration get() {
        return ExtensionList.lookupSingleton(SluiceConfiguration.class);
    }

    /** The settings of the site, as the YAML of docs/site.md. */
    public String getSite() {
        return site;
    }

    @DataBoundSetter
    public void setSite(String site) {
        this.site = Util.fixNull(site);
        save();
    }

    /** The policy for a job, as YAML; empty if everything is allowed. */
    String policyFor(String job) {
        return "";
    }
}
