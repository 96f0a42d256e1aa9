package io.jenkins.plugins.sluice.handle;

import java.util.List;
import java.util.Optional;

/**
 * What a run is about, as far as its host knows.
 *
 * @param files the changed files, from the top of the repository; empty if nobody knows
 * @param unseen those that have changed since a run that went well, or since the branch that the change is for: nobody may have
 *     looked at them; empty if nobody knows
 * @param authors who wrote the change, each by a name that the host vouches for; none if it vouches for nobody
 * @param before the configuration as it was before the change; empty if there was none, or nobody knows
 */
public record Change(
        Optional<List<String>> files, Optional<List<String>> unseen, List<String> authors, Optional<byte[]> before) {
    /** Nothing is known. */
    public static final Change UNKNOWN = new Change(Optional.empty(), Optional.empty(), List.of(), Optional.empty());

    public Change {
        files = files.map(List::copyOf);
        unseen = unseen.map(List::copyOf);
        authors = List.copyOf(authors);
    }
}
