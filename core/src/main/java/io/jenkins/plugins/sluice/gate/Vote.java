package io.jenkins.plugins.sluice.gate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What someone says at a gate. Whether it counts is for {@link Ballot} to judge.
 *
 * @param id tells it from all other votes
 * @param voter who casts it, as the host knows them
 * @param groups the groups that the voter belongs to, as far as the gate asks for groups
 * @param approve whether it is a yes
 * @param comment why; may be empty
 * @param inputs what was entered, by name; only a yes has any
 * @param via how it came: {@code terminal}, {@code command line}, {@code web page} or {@link #HTTP}
 */
public record Vote(
        String id,
        String voter,
        List<String> groups,
        boolean approve,
        String comment,
        Map<String, String> inputs,
        String via) {
    /** How the answers of programs come. Nobody else can cast a vote in this way. */
    public static final String HTTP = "http";

    public Vote {
        groups = List.copyOf(groups);
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** {@code approve} or {@code reject}. */
    public String word() {
        return approve ? "approve" : "reject";
    }
}
