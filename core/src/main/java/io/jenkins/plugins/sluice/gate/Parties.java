package io.jenkins.plugins.sluice.gate;

import io.jenkins.plugins.sluice.model.Gate;
import java.util.List;

/**
 * Who has an interest of their own in a run. One person may have several names, such as a login and a mail address.
 *
 * @param author the names of whoever wrote the change; empty if nobody knows
 * @param starter the names of whoever started the run; empty if nobody knows
 */
public record Parties(List<String> author, List<String> starter) {
    public Parties {
        author = author.stream().filter(name -> !name.isBlank()).toList();
        starter = starter.stream().filter(name -> !name.isBlank()).toList();
    }

    /** The names of a party. */
    List<String> names(Gate.Party party) {
        return switch (party) {
            case AUTHOR -> author;
            case STARTER -> starter;
        };
    }

    /**
     * Whether a name may be one of those of a party. Rather too often yes than too seldom: letter case does not count, and
     * {@code ada} is also {@code ada@example.org}.
     */
    boolean isOne(Gate.Party party, String voter) {
        return names(party).stream().anyMatch(name -> isSame(name, voter));
    }

    /** Whether two names may be those of one person. */
    static boolean isSame(String one, String other) {
        String a = one.strip();
        String b = other.strip();
        // As users are compared: else a letter that only one of the two ways takes for another makes two people of one.
        return a.equalsIgnoreCase(b)
                || (a.contains("@") != b.contains("@") && localPart(a).equalsIgnoreCase(localPart(b)));
    }

    private static String localPart(String name) {
        int at = name.indexOf('@');
        return at < 0 ? name : name.substring(0, at);
    }
}
