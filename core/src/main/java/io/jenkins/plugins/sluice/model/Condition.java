package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A condition of {@code when}. Structured data, not an expression language: it can be shown, checked and explained. */
public sealed interface Condition {
    /** Why the condition does not hold, in words for people; empty if it holds. */
    Optional<String> whyNot(Trigger trigger);

    /** Whether it hangs on changed files that the host cannot tell; then it holds, and so does its opposite. */
    default boolean isUnknown(Trigger trigger) {
        return false;
    }

    /** The condition in words: {@code branch main}. */
    String described();

    /** A fact of the trigger matches one of some patterns. */
    record Fact(String name, List<PathPattern> patterns) implements Condition {
        public Fact {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Optional<String> whyNot(Trigger trigger) {
            String value = trigger.fact(name);
            boolean holds = patterns.stream().anyMatch(p -> p.matchesWhole(value));
            String actual = value.isEmpty() ? "there is no " + name : name + " is '" + value + "'";
            return holds && !value.isEmpty() ? Optional.empty() : Optional.of(actual + ", not " + list(patterns));
        }

        @Override
        public String described() {
            return name + " " + list(patterns);
        }
    }

    /** The commit has a tag, or has none. */
    record Tagged(boolean wanted) implements Condition {
        @Override
        public Optional<String> whyNot(Trigger trigger) {
            boolean tagged = !trigger.fact("tag").isEmpty();
            if (tagged == wanted) {
                return Optional.empty();
            }
            return Optional.of(wanted ? "there is no tag" : "there is the tag '" + trigger.fact("tag") + "'");
        }

        @Override
        public String described() {
            return wanted ? "a tag" : "no tag";
        }
    }

    /** A changed file matches one of some patterns. Holds if the host does not know what has changed. */
    record Changed(List<PathPattern> patterns) implements Condition {
        public Changed {
            patterns = List.copyOf(patterns);
        }

        @Override
        public Optional<String> whyNot(Trigger trigger) {
            boolean holds = trigger.changed()
                    .map(files -> files.stream().anyMatch(this::matches))
                    .orElse(true);
            return holds ? Optional.empty() : Optional.of("nothing changed in " + list(patterns));
        }

        @Override
        public boolean isUnknown(Trigger trigger) {
            return trigger.changed().isEmpty();
        }

        private boolean matches(String file) {
            return patterns.stream().anyMatch(p -> p.matches(file));
        }

        @Override
        public String described() {
            return "a change in " + list(patterns);
        }
    }

    /** An environment variable matches a pattern. */
    record EnvMatches(String name, PathPattern pattern) implements Condition {
        @Override
        public Optional<String> whyNot(Trigger trigger) {
            String value = trigger.env().get(name);
            if (value != null && pattern.matchesWhole(value)) {
                return Optional.empty();
            }
            // The value itself is not shown: nobody knows which variables hold secrets.
            return Optional.of("$" + name + (value == null ? " is not set" : " does not match " + pattern));
        }

        @Override
        public String described() {
            return "$" + name + " " + pattern;
        }
    }

    /** The opposite. */
    record Not(Condition inner) implements Condition {
        @Override
        public Optional<String> whyNot(Trigger trigger) {
            return inner.isUnknown(trigger) || inner.whyNot(trigger).isPresent()
                    ? Optional.empty()
                    : Optional.of("'" + inner.described() + "' holds, and must not");
        }

        @Override
        public boolean isUnknown(Trigger trigger) {
            return inner.isUnknown(trigger);
        }

        @Override
        public String described() {
            return "not (" + inner.described() + ")";
        }
    }

    /** At least one of them. */
    record Any(List<Condition> inner) implements Condition {
        public Any {
            inner = List.copyOf(inner);
        }

        @Override
        public Optional<String> whyNot(Trigger trigger) {
            List<String> reasons =
                    inner.stream().flatMap(c -> c.whyNot(trigger).stream()).toList();
            return reasons.size() < inner.size() ? Optional.empty() : Optional.of(String.join(" and ", reasons));
        }

        @Override
        public boolean isUnknown(Trigger trigger) {
            return inner.stream().anyMatch(c -> c.isUnknown(trigger));
        }

        @Override
        public String described() {
            return inner.stream().map(Condition::described).collect(Collectors.joining(" or "));
        }
    }

    /** All of them. */
    record All(List<Condition> inner) implements Condition {
        public All {
            inner = List.copyOf(inner);
        }

        @Override
        public Optional<String> whyNot(Trigger trigger) {
            return inner.stream().flatMap(c -> c.whyNot(trigger).stream()).findFirst();
        }

        @Override
        public boolean isUnknown(Trigger trigger) {
            return inner.stream().anyMatch(c -> c.isUnknown(trigger));
        }

        @Override
        public String described() {
            return inner.stream().map(Condition::described).collect(Collectors.joining(" and "));
        }
    }

    private static String list(List<PathPattern> patterns) {
        return patterns.stream().map(PathPattern::toString).collect(Collectors.joining(", "));
    }
}
