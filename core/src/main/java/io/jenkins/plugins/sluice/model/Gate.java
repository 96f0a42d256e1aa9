package io.jenkins.plugins.sluice.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A question to people or programs.
 *
 * @param message the question; empty text if the file gives none
 * @param show patterns of artifacts to decide upon
 * @param approvers who may decide
 * @param inputs the names of the values asked for
 * @param comment {@code required}, {@code optional} or {@code none}
 * @param timeout how long to wait
 * @param approveOnTimeout the decision when the time is over; rejection otherwise
 * @param supersede whether a newer run of the branch rejects this wait
 */
public record Gate(
        Template message,
        List<String> show,
        Approvers approvers,
        List<String> inputs,
        String comment,
        Optional<Duration> timeout,
        boolean approveOnTimeout,
        boolean supersede) {
    public Gate {
        show = List.copyOf(show);
        inputs = List.copyOf(inputs);
    }

    /** Who may decide, how many must approve, and who may not ({@code author}, {@code starter}). */
    public record Approvers(List<String> users, List<String> groups, int count, List<String> exclude) {
        public Approvers {
            users = List.copyOf(users);
            groups = List.copyOf(groups);
            exclude = List.copyOf(exclude);
        }
    }
}
