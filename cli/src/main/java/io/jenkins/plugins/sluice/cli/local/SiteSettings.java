package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.PolicyReader;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.SiteReader;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What an administrator has set up, with the files that say so.
 *
 * @param siteFile empty if nothing is set up
 * @param policyFile empty if everything is allowed
 */
public record SiteSettings(
        Optional<SettingsFile> siteFile, Site site, Optional<SettingsFile> policyFile, Policy policy) {

    /** Reads the files; what is wrong with them is among the problems. */
    public static SiteSettings of(Optional<SettingsFile> site, Optional<SettingsFile> policy, Problems problems) {
        return new SiteSettings(
                site,
                site.map(file -> SiteReader.read(file.name(), bytes(file), problems))
                        .orElse(Site.NONE),
                policy,
                policy.map(file -> PolicyReader.read(file.name(), bytes(file), problems))
                        .orElse(Policy.OPEN));
    }

    /** What relative paths of the site's settings start from. */
    public Optional<Path> directory() {
        return siteFile.map(SettingsFile::directory);
    }

    private static byte[] bytes(SettingsFile file) {
        return file.text().getBytes(StandardCharsets.UTF_8);
    }

    /** The same site with another policy. */
    public SiteSettings withPolicy(SettingsFile file, Problems problems) {
        return new SiteSettings(
                siteFile, site, Optional.of(file), PolicyReader.read(file.name(), bytes(file), problems));
    }
}
