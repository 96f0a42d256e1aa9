package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.Site;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where Helm finds a chart. */
final class ChartPlace {

    /** How the repository of the site is called while this process works with it. */
    static final String REPOSITORY = "site";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern ADDRESS = Pattern.compile("(oci|https?)://.+");

    private ChartPlace() {}

    /** A name in the repository of the site; without one an address, or a path that stays in the workspace. */
    static String of(String chart, Site.Helm helm, Path workspace) throws IOException {
        if (helm.repository().isPresent()) {
            if (!NAME.matcher(chart).matches()) {
                throw new FileSystemException(chart, null, "this is no name of a chart");
            }
            String repository = helm.repository().get();
            return isRegistry(repository) ? repository.replaceFirst("/+$", "") + "/" + chart : REPOSITORY + "/" + chart;
        }
        if (ADDRESS.matcher(chart).matches()) {
            return chart;
        }
        Path place = workspace.resolve(chart);
        if (!Files.exists(place)) {
            throw new FileSystemException(chart, null, "there is no such chart in the workspace");
        }
        Path real = place.toRealPath();
        if (!real.startsWith(workspace.toRealPath())) {
            throw new FileSystemException(chart, null, "the chart is not in the workspace");
        }
        return real.toString();
    }

    static boolean isRegistry(String repository) {
        return repository.startsWith("oci://");
    }
}
