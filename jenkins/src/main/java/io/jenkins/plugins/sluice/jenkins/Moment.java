package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.report.GateView;
import java.time.Instant;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A point in time for a page.
 *
 * @param iso for programs; empty for none
 * @param words for people, in UTC
 */
@Restricted(NoExternalUse.class)
public record Moment(String iso, String words) {
    static final Moment NEVER = new Moment("", "");

    static Moment of(Instant at) {
        return new Moment(at.toString(), GateView.time(at));
    }

    /** Whether there is one. */
    public boolean known() {
        return !iso.isEmpty();
    }
}
