package io.jenkins.plugins.sluice.problem;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The nearest valid word to a wrong one. */
public final class Suggestion {
    private static final int SHOWN = 20;

    private Suggestion() {}

    /**
     * A hint that names the nearest candidate, if one is near, and lists the candidates (the first twenty of them).
     *
     * @param what what the candidates are, as the start of a sentence: {@code Defined stages}
     */
    public static String among(String word, String what, Collection<String> candidates) {
        String list = candidates.isEmpty() ? what + ": none." : what + ": " + listed(candidates) + ".";
        return nearest(word, candidates)
                .map(near -> "did you mean '" + near + "'? " + list)
                .orElse(list);
    }

    private static String listed(Collection<String> candidates) {
        String shown = String.join(", ", candidates.stream().limit(SHOWN).toList());
        return candidates.size() <= SHOWN ? shown : shown + " and " + (candidates.size() - SHOWN) + " more";
    }

    /** The candidate with the fewest edits, if no more than about a third of the word has to change. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int best = Math.max(1, wanted.length() / 3) + 1;
        String found = null;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - wanted.length()) < best) {
                int edits = edits(wanted, candidate.toLowerCase(Locale.ROOT));
                if (edits < best) {
                    best = edits;
                    found = candidate;
                }
            }
        }
        return Optional.ofNullable(found);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
    private static int edits(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = last[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                boolean swapped = i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1);
                if (swapped) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[to.length()];
    }
}
