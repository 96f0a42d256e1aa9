package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.KeptFile;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** What many parts have in common. */
final class Elements {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final int SHORT_DIGEST = 12;

    private Elements() {}

    /** A moment, in the time of this machine. */
    static void time(Html html, Instant at) {
        html.element("time", WHEN.format(at), "datetime", at.toString());
    }

    /** How long something has lasted that goes on; without the script, since when. */
    static void since(Html html, Instant start) {
        html.element(
                "span", "since " + WHEN.format(start).substring(11), "data-since", start.toString(), "class", "live");
    }

    /** Where a run or a stage is: a colour, a sign and a word. */
    static void status(Html html, String word) {
        html.element("span", word, "class", "status " + css(word));
    }

    /** The word of a status as a class. */
    static String css(String word) {
        return "is-" + word.replace(' ', '-');
    }

    /** A file with its size and digest, to be downloaded. */
    static void file(Html html, String run, KeptFile file) {
        html.element("a", file.path(), "href", "/runs/" + run + "/files/" + file.digest(), "download", "");
        html.open("span", "class", "quiet", "title", "SHA-256 " + file.digest());
        html.text(" " + Sizes.words(file.size()) + " · ");
        html.element("code", file.digest().substring(0, SHORT_DIGEST)).close("span");
    }

    /** A row of a list of facts. */
    static Html fact(Html html, String name) {
        return html.element("dt", name).open("dd");
    }
}
