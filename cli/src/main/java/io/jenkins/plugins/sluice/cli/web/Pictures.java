package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.picture.PlanPicture;
import io.jenkins.plugins.sluice.cli.picture.StageLook;
import io.jenkins.plugins.sluice.cli.picture.TimelinePicture;
import io.jenkins.plugins.sluice.cli.picture.Xml;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Pictures of a run, with secrets masked. */
final class Pictures {

    /** They bring their own style along, and may do nothing else; nor may they if somebody opens one by itself. */
    private static final String CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

    private static final Pattern TEXT = Pattern.compile(">([^<>]+)<");

    private final Masker masker;

    Pictures(Masker masker) {
        this.masker = masker;
    }

    Reply plan(StoredRun run) {
        return PlanPicture.tooLarge(run.plan())
                .map(why -> Reply.text(404, "cannot draw this run: " + why))
                .orElseGet(() -> picture(PlanPicture.svg(run.plan(), StageLook.of(run.state()))));
    }

    Reply timeline(StoredRun run) {
        Timeline timeline = Timeline.of(run.state(), Instant.now());
        Optional<String> tooLarge = TimelinePicture.tooLarge(timeline);
        return tooLarge.map(why -> Reply.text(404, "cannot draw this run: " + why))
                .orElseGet(() -> picture(TimelinePicture.svg(timeline, "run " + run.id())));
    }

    private Reply picture(String svg) {
        byte[] bytes = masked(svg).getBytes(StandardCharsets.UTF_8);
        return Reply.of(200, "image/svg+xml", bytes).with("Content-Security-Policy", CSP);
    }

    /** A secret may look different in the picture, where it is escaped. */
    private String masked(String svg) {
        Matcher texts = TEXT.matcher(svg);
        return texts.replaceAll(
                text -> Matcher.quoteReplacement(">" + Xml.escape(masker.mask(Xml.unescape(text.group(1)))) + "<"));
    }
}
