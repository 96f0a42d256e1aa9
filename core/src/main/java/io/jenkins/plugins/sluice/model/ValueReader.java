package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigList;
import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.problem.Place;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads values of any form. */
final class ValueReader {
    private static final String EACH = "$each";
    private static final String MERGE = "$merge";
    private static final String WITH = "$with";

    /** Such a number stays a text: written out, it would fill the memory. */
    private static final Pattern LONG_EXPONENT = Pattern.compile(".*[eE][-+]?[0-9]{4,}");

    private final TemplateParser templates;

    ValueReader(TemplateParser templates) {
        this.templates = templates;
    }

    /** A value as it is written: numbers stay numbers. */
    Value data(ConfigNode node) {
        Optional<Value> plain = node.asScalar().flatMap(ValueReader::plain);
        return plain.orElseGet(() -> composed(node));
    }

    /** A text, even if it looks like a number: {@code 1.10} is a tag like any other. */
    Value text(ConfigScalar scalar) {
        return new Value.Text(templates.text(scalar));
    }

    private static Optional<Value> plain(ConfigScalar scalar) {
        return switch (scalar.kind()) {
            case TEXT -> Optional.empty();
            case NOTHING -> Optional.of(new Value.Plain(null));
            case BOOLEAN -> Optional.of(new Value.Plain(scalar.text().equalsIgnoreCase("true")));
            case INTEGER, DECIMAL ->
                LONG_EXPONENT.matcher(scalar.text()).matches()
                        ? Optional.empty()
                        : Optional.of(new Value.Plain(new BigDecimal(scalar.text())));
        };
    }

    private Value composed(ConfigNode node) {
        Optional<ConfigList> list = node.asList();
        if (list.isPresent()) {
            return new Value.Items(list.get().items().stream().map(this::data).toList());
        }
        Optional<ConfigMap> map = node.asMap();
        if (map.isEmpty()) {
            return text(node.asScalar().orElseThrow());
        }
        if (map.get().get(EACH).isPresent()) {
            return each(map.get());
        }
        return map.get().get(MERGE).isPresent() ? merge(map.get()) : entries(map.get());
    }

    private Value entries(ConfigMap map) {
        Map<Template, Value> values = new LinkedHashMap<>();
        map.entries().forEach(e -> values.put(templates.text(e.key(), e.keyPlace()), data(e.value())));
        return new Value.Entries(values);
    }

    private Value each(ConfigMap map) {
        List<String> variables = map.texts(EACH);
        Place place = map.place();
        Value first = new Value.Text(new Template(
                place,
                List.of(new Reference("." + variables.stream().findFirst().orElse(""), Optional.empty()))));
        return new Value.Each(
                variables,
                map.get("$in").map(this::data).orElseGet(() -> new Value.Items(List.of())),
                map.scalar("$delimiter").map(templates::text).orElseGet(() -> Template.literal(place, "\n")),
                map.get("$yield").map(this::data).orElse(first));
    }

    private Value merge(ConfigMap map) {
        Value with = map.get(WITH).map(this::data).orElseGet(() -> new Value.Items(List.of()));
        return new Value.Merge(data(map.get(MERGE).orElseThrow()), with);
    }
}
