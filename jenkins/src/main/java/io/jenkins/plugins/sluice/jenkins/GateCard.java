package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.report.GateView;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A gate that asks: its question, and what one has to know to answer it.
 *
 * @param decides who may decide, who may not, and how many are missing, in words
 * @param deadline until when there is time
 * @param onTimeout what happens then
 * @param next what runs after an approval
 * @param entered the inputs, once somebody has approved them
 */
@Restricted(NoExternalUse.class)
public record GateCard(
        int number,
        String id,
        String question,
        String decides,
        Moment deadline,
        String onTimeout,
        String next,
        String entered,
        List<FileLink> shown,
        List<VoteLine> votes) {
    static GateCard of(RunHandle run, int number) {
        GateView view = GateView.of(run.state(), run.keeper(), number);
        boolean decided = view.toEnter().isEmpty();
        return new GateCard(
                number,
                view.id(),
                view.question(),
                view.decides(),
                view.run().deadline().map(Moment::of).orElse(Moment.NEVER),
                view.gate().approveOnTimeout() ? Messages.GateCard_approved() : Messages.GateCard_rejected(),
                view.next().isEmpty() ? Messages.GateCard_nothing() : String.join(", ", view.next()),
                decided ? inputs(view) : "",
                FileLink.shown(run, view.run().shown()),
                view.run().ballots().stream().map(cast -> VoteLine.of(view.id(), cast)).toList());
    }

    private static String inputs(GateView view) {
        return view.values().entrySet().stream()
                .map(value -> value.getKey() + " = " + value.getValue())
                .collect(Collectors.joining(", "));
    }
}
