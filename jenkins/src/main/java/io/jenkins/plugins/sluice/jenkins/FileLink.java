package io.jenkins.plugins.sluice.jenkins;

import hudson.Util;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.StageRun;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A file that a run has kept, as a link.
 *
 * @param url from the page of the run; empty if nobody knows where the file is
 * @param length how large it is, in words
 * @param digest SHA-256, in hexadecimal
 */
@Restricted(NoExternalUse.class)
public record FileLink(String path, String url, String length, String digest) {
    private static final int SHORT_DIGEST = 12;

    /** The beginning of the digest, which is what people compare. */
    public String shortDigest() {
        return digest.substring(0, SHORT_DIGEST);
    }

    /** The files that a stage has kept; those of a result that was taken over are with the earlier build. */
    static List<FileLink> of(RunHandle run, PlannedStage stage) {
        StageRun state = run.state().stage(stage.number());
        String up = state.taken().map(taken -> "../../" + taken.run() + "/").orElse("../");
        return state.lastResult().map(result -> result.kept()).orElse(List.of()).stream()
                .map(file -> of(file, up + "artifact/" + run.place(stage.number()) + "/" + file.path()))
                .toList();
    }

    /** The files that a gate shows, where the stages have kept them. */
    static List<FileLink> shown(RunHandle run, List<KeptFile> files) {
        List<FileLink> links = new ArrayList<>();
        for (KeptFile file : files) {
            run.state().plan().stages().stream()
                    .flatMap(stage -> of(run, stage).stream())
                    .filter(link -> link.path.equals(file.path()) && link.digest.equals(file.digest()))
                    .findFirst()
                    .ifPresentOrElse(links::add, () -> links.add(of(file, "")));
        }
        return links;
    }

    private static FileLink of(KeptFile file, String path) {
        String url = Stream.of(path.split("/")).map(Util::rawEncode).collect(Collectors.joining("/"));
        return new FileLink(file.path(), url, Sizes.words(file.size()), file.digest());
    }
}
