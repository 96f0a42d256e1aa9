package io.jenkins.plugins.sluice.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Replaces secrets by {@code ****} in whatever a person gets to see, also where they are encoded: base64, URL, JSON,
 * shell quotes.
 *
 * <p>Made for one line at a time: of a secret with several lines, each line is a secret too. Immutable and safe for
 * threads. The time is in proportion to the text, however many secrets there are.
 */
public final class Masker {

    /** Masks nothing. */
    public static final Masker NONE = of(List.of());

    private static final String MASK = "****";

    /** How many first characters find the candidates; every form is at least that long. */
    static final int SHORTEST = 4;

    /** Forms by the hash of their first characters, the longest first. */
    private final @Nullable List<String>[] buckets;

    private final boolean empty;
    private final int longest;

    private Masker(Set<String> forms) {
        this.empty = forms.isEmpty();
        this.longest = forms.stream().mapToInt(String::length).max().orElse(0);
        this.buckets = newBuckets(Math.max(16, Integer.highestOneBit(forms.size()) * 8));
        forms.stream().sorted(Comparator.comparing(String::length).reversed()).forEach(this::add);
    }

    /** Masks these secrets, but for those that are {@link #tooShort}. */
    public static Masker of(Collection<String> secrets) {
        Set<String> forms = new TreeSet<>();
        secrets.forEach(secret -> forms.addAll(SecretForms.of(secret)));
        return new Masker(forms);
    }

    /**
     * Whether a secret has less than four characters beside blanks around it. Such a secret is not masked: {@code ****}
     * in place of every {@code a} would hide the log and at the same time tell the secret. Whoever takes in secrets
     * should refuse it or warn.
     */
    public static boolean tooShort(String secret) {
        return secret.strip().length() < SHORTEST;
    }

    /**
     * Where a text that goes on can be cut so that no secret is torn: what is before the place can be masked now, and what
     * comes after it when more of the text is there.
     */
    public int cut(String text) {
        if (empty) {
            return text.length();
        }
        int cut = Math.max(0, text.length() - longest + 1);
        for (int i = Math.max(0, cut - longest); i < cut; i++) {
            if (i <= text.length() - SHORTEST && longestAt(text, i) > cut) {
                return i;
            }
        }
        return cut;
    }

    /** The text without the secrets; the same object if there are none in it. */
    public String mask(String text) {
        if (empty) {
            return text;
        }
        StringBuilder masked = new StringBuilder();
        int copied = 0; // all before this is in the result
        int secretEnd = 0; // the secret found last ends here
        for (int i = 0; i <= text.length() - SHORTEST; i++) {
            int end = longestAt(text, i);
            if (end <= secretEnd) {
                continue;
            }
            if (i >= secretEnd) { // else it overlaps the one before, and one mask covers both
                masked.append(text, copied, i).append(MASK);
            }
            secretEnd = end;
            copied = end;
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    /** The end of the longest form that begins there, or 0. */
    private int longestAt(String text, int from) {
        List<String> candidates = buckets[bucket(text, from)];
        if (candidates != null) {
            for (String form : candidates) {
                if (text.startsWith(form, from)) {
                    return from + form.length();
                }
            }
        }
        return 0;
    }

    private void add(String form) {
        int bucket = bucket(form, 0);
        List<String> there = buckets[bucket];
        if (there == null) {
            there = new ArrayList<>();
            buckets[bucket] = there;
        }
        there.add(form);
    }

    private int bucket(String text, int from) {
        int hash = text.charAt(from);
        for (int i = 1; i < SHORTEST; i++) {
            hash = hash * 31 + text.charAt(from + i);
        }
        return (hash ^ (hash >>> 15)) & (buckets.length - 1);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no generic arrays
    private static @Nullable List<String>[] newBuckets(int size) {
        return new List[size];
    }
}
