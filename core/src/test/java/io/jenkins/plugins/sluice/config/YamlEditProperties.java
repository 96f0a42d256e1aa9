package io.jenkins.plugins.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.yaml.snakeyaml.Yaml;

class YamlEditProperties {
    /** A file as people write it, with the version somewhere in it, or not. */
    @Provide
    Arbitrary<List<String>> files() {
        Arbitrary<String> other = Arbitraries.of(
                "  # a comment: with a colon",
                "  image: \"registry.example/x\" # quoted",
                "  args: [a, 'b', {c: d}]",
                "  notes: |\n    version: not this one\n\n    more",
                "  nested:\n    version: 0.1",
                "  empty:",
                "",
                "  😀: 'it''s'",
                "  date: 2024-01-02");
        Arbitrary<String> version = Arbitraries.of(
                "  version: 1.0", "  version: '1.0' # old", "  version:", "  version: \"é\"  ", "  # no version");
        Arbitrary<List<String>> lines = other.list().ofMaxSize(6).map(YamlEditProperties::unique);
        return Combinators.combine(lines, version, Arbitraries.integers().between(0, 6), Arbitraries.of(true, false))
                .as((rest, own, at, after) -> {
                    List<String> all = new ArrayList<>(rest);
                    all.add(Math.min(at, rest.size()), own);
                    all.add(0, "main_app:");
                    all.add(0, "version: top");
                    if (after) {
                        all.add("other: {version: 9}");
                    }
                    return all;
                });
    }

    /** YAML knows a key only once. */
    private static List<String> unique(List<String> lines) {
        return lines.stream().distinct().toList();
    }

    @Property
    void everyOtherLineIsAsItWas(
            @ForAll("files") List<String> file, @ForAll("values") String value, @ForAll boolean windows) {
        String lineEnd = windows ? "\r\n" : "\n";
        String before = String.join("\n", file).replace("\n", lineEnd) + lineEnd;
        YamlEdit edit = YamlEdit.of(before, "main_app.version", value);
        assertThat(edit.refusal()).isEmpty();
        Map<String, Map<String, Object>> loaded = new Yaml().load(edit.text());
        assertThat(loaded.get("main_app").get("version")).isEqualTo(value);
        List<String> kept = new ArrayList<>(List.of(edit.text().split(lineEnd, -1)));
        List<String> old = new ArrayList<>(List.of(before.split(lineEnd, -1)));
        assertThat(edit.text().replace(lineEnd, "")).doesNotContain("\r", "\n");
        int same = 0;
        while (same < old.size() && same < kept.size() && old.get(same).equals(kept.get(same))) {
            same++;
        }
        boolean added = kept.size() > old.size();
        assertThat(kept.subList(Math.min(same + 1, kept.size()), kept.size()))
                .isEqualTo(old.subList(Math.min(added ? same : same + 1, old.size()), old.size()));
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .withChars("abz019.-_+:/@ #'\"\\{[,&*!|>%é\n\t")
                .ofMaxLength(12);
    }
}
