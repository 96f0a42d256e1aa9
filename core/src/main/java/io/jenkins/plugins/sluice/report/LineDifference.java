package io.jenkins.plugins.sluice.report;

import java.util.ArrayList;
import java.util.List;

/** The lines that two texts do not have in common, by a longest common sequence of lines. */
final class LineDifference {
    /** Beyond this many pairs of lines what lies between the common beginning and end counts as different as a whole. */
    private static final long MOST_PAIRS = 4_000_000;

    private final List<String> before;
    private final List<String> after;

    private LineDifference(List<String> before, List<String> after) {
        this.before = before;
        this.after = after;
    }

    /** The lines that are gone, each with {@code "- "} before it, and the new ones with {@code "+ "}, in their order. */
    static List<String> of(List<String> before, List<String> after) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        LineDifference middle = new LineDifference(
                before.subList(head, before.size() - tail), after.subList(head, after.size() - tail));
        return middle.marked();
    }

    private List<String> marked() {
        int[][] common = (long) before.size() * after.size() > MOST_PAIRS ? new int[0][] : common();
        List<String> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < before.size() || j < after.size()) {
            boolean left = i < before.size();
            boolean both = left && j < after.size() && common.length > 0;
            if (both && before.get(i).equals(after.get(j))) {
                i++;
                j++;
            } else if (both ? common[i + 1][j] >= common[i][j + 1] : left) {
                lines.add("- " + before.get(i++));
            } else {
                lines.add("+ " + after.get(j++));
            }
        }
        return lines;
    }

    /** How many lines the rests from each pair of lines have in common. */
    private int[][] common() {
        int[][] common = new int[before.size() + 1][after.size() + 1];
        for (int i = before.size() - 1; i >= 0; i--) {
            for (int j = after.size() - 1; j >= 0; j--) {
                common[i][j] = before.get(i).equals(after.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }
}
