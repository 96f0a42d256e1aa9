package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code when}; several keys in one map must all hold. */
final class ConditionReader {
    private ConditionReader() {}

    static Optional<Condition> read(ConfigMap owner) {
        return owner.map("when").flatMap(ConditionReader::condition);
    }

    private static Optional<Condition> condition(ConfigMap map) {
        List<Condition> all = new ArrayList<>();
        fact(map, "branch").ifPresent(all::add);
        fact(map, "event").ifPresent(all::add);
        if (map.get("changed").isPresent()) {
            all.add(new Condition.Changed(patterns(map, "changed")));
        }
        tag(map).ifPresent(all::add);
        map.scalarMap("env", ConfigScalar::text)
                .forEach((name, value) -> all.add(new Condition.EnvMatches(name, PathPattern.parse(value))));
        map.map("not").flatMap(ConditionReader::condition).ifPresent(inner -> all.add(new Condition.Not(inner)));
        inner(map, "any").ifPresent(inner -> all.add(new Condition.Any(inner)));
        inner(map, "all").ifPresent(inner -> all.add(new Condition.All(inner)));
        if (all.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(all.size() == 1 ? all.get(0) : new Condition.All(all));
    }

    private static Optional<Condition> fact(ConfigMap map, String key) {
        return map.get(key).map(node -> new Condition.Fact(key, patterns(map, key)));
    }

    private static Optional<Condition> tag(ConfigMap map) {
        boolean flag = map.scalar("tag")
                .map(s -> s.kind() == ConfigScalar.Kind.BOOLEAN)
                .orElse(false);
        return flag ? Optional.of(new Condition.Tagged(map.flag("tag"))) : fact(map, "tag");
    }

    private static Optional<List<Condition>> inner(ConfigMap map, String key) {
        return map.get(key).map(node -> map.items(key).stream()
                .flatMap(item -> item.asMap().flatMap(ConditionReader::condition).stream())
                .toList());
    }

    private static List<PathPattern> patterns(ConfigMap map, String key) {
        return map.texts(key).stream().map(PathPattern::parse).toList();
    }
}
