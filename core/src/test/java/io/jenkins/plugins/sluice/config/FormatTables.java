package io.jenkins.plugins.sluice.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The format as tables in Markdown, one for each map with known keys. */
public final class FormatTables {
    private static final Map<String, String> TITLES = Map.of(
            "file",
            "The file",
            "pipeline",
            "A pipeline",
            "stage",
            "A stage",
            "defaults",
            "Defaults",
            "when",
            "`when`",
            "site",
            "The keys of the settings",
            "policy",
            "The keys of the policy");

    private final Map<String, String> tables = new LinkedHashMap<>();

    private FormatTables() {}

    public static String markdown() {
        return markdown(Format.FILE);
    }

    /** The tables of the administrator's files. */
    public static String ofSettings() {
        return markdown(SiteFormat.SITE) + markdown(PolicyFormat.POLICY);
    }

    private static String markdown(Shape top) {
        FormatTables tables = new FormatTables();
        tables.visit(top);
        return tables.tables.entrySet().stream()
                .map(e -> "\n## " + TITLES.getOrDefault(e.getKey(), "`" + e.getKey() + "`") + "\n\n" + e.getValue())
                .collect(Collectors.joining());
    }

    private void visit(Shape shape) {
        if (shape instanceof Shape.Keyed keyed && !tables.containsKey(keyed.name())) {
            StringBuilder table = new StringBuilder("| key | value | meaning |\n|---|---|---|\n");
            tables.put(keyed.name(), "");
            keyed.keys().forEach((key, value) -> table.append("| `")
                    .append(key)
                    .append('`')
                    .append(value.required() ? " (required)" : "")
                    .append(" | ")
                    .append(words(value.shape()))
                    .append(" | ")
                    .append(value.about())
                    .append(" |\n"));
            tables.put(keyed.name(), table.toString());
            keyed.keys().values().forEach(value -> visit(value.shape()));
            keyed.others().ifPresent(this::visit);
        } else if (shape instanceof Shape.Either either) {
            either.shapes().forEach(this::visit);
        } else if (shape instanceof Shape.ListOf list) {
            visit(list.item());
        } else if (shape instanceof Shape.MapOf map) {
            visit(map.value());
        }
    }

    private static String words(Shape shape) {
        if (shape instanceof Shape.Keyed keyed) {
            return "map (`" + keyed.name() + "` below)";
        }
        if (shape instanceof Shape.Later later) {
            return "map (`" + later.name() + "`)";
        }
        if (shape instanceof Shape.ListOf list) {
            return "list of " + words(list.item());
        }
        if (shape instanceof Shape.MapOf map) {
            return "map of names to " + words(map.value());
        }
        if (shape instanceof Shape.Either either) {
            return either.shapes().stream().map(FormatTables::words).collect(Collectors.joining(", or "));
        }
        if (shape instanceof Shape.Choice choice) {
            return choice.words().stream().map(w -> "`" + w + "`").collect(Collectors.joining(" or "));
        }
        return shape.described();
    }
}
