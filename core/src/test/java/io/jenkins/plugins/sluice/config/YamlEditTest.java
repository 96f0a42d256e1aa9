package io.jenkins.plugins.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlEditTest {
    /** A bar stands for the end of a line. */
    private static String lines(String text) {
        return text.replace('|', '\n');
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            textBlock =
                    """
        # the quotes stay as they are
        main_app:|  version: 1.0.0 # by hand|  image: x|          > main_app:|  version: 2.0.0 # by hand|  image: x|
        main_app:|  version: '1.0.0'|                             > main_app:|  version: '2.0.0'|
        main_app:|  version: "1.0.0"   |                          > main_app:|  version: "2.0.0"   |
        main_app: {version: 1, a: b} # c                          > main_app: {version: 2.0.0, a: b} # c
        # an empty value
        main_app:|  version:|  image: x|                          > main_app:|  version: 2.0.0|  image: x|
        main_app:|  version:  # set by CI|                        > main_app:|  version: 2.0.0  # set by CI|
        main_app:|  version: ~|                                   > main_app:|  version: 2.0.0|
        # the key is missing
        main_app:|  # the image|  image: x|z: 1|                  > main_app:|  version: 2.0.0|  # the image|  image: x|z: 1|
        main_app: # the app|    image: x|                         > main_app: # the app|    version: 2.0.0|    image: x|
        main_app:|z: 1|                                           > main_app:|  version: 2.0.0|z: 1|
        main_app: {}                                              > main_app: {version: 2.0.0}
        main_app: {image: x}|                                     > main_app: {version: 2.0.0, image: x}|
        main_app: { image: x }|                                   > main_app: { version: 2.0.0, image: x }|
        z: 1|# the end|                                           > z: 1|# the end|main_app:|  version: 2.0.0|
        z: 1                                                      > z: 1|main_app:|  version: 2.0.0|
        # nothing yet|                                            > # nothing yet|main_app:|  version: 2.0.0|
        {}                                                        > {main_app: {version: 2.0.0}}
        {z: 1}                                                    > {main_app: {version: 2.0.0}, z: 1}
        # other documents' ways
        ---|main_app:|  version: 1|                               > ---|main_app:|  version: 2.0.0|
        😀: 😀|main_app: {😀: 1, version: 1}|                       > 😀: 😀|main_app: {😀: 1, version: 2.0.0}|
        a: &a {version: 1}|main_app:|  <<: *a|  image: x|         > a: &a {version: 1}|main_app:|  version: 2.0.0|  <<: *a|  image: x|
        a: [|1,|2]|main_app:|  version: x|                        > a: [|1,|2]|main_app:|  version: 2.0.0|
        """)
    void onlyTheValueChanges(String before, String after) {
        YamlEdit edit = YamlEdit.of(lines(before), "main_app.version", "2.0.0");
        assertThat(edit.refusal()).isEmpty();
        assertThat(edit.text()).isEqualTo(lines(after));
        assertThat(YamlEdit.of(edit.text(), "main_app.version", "2.0.0").text()).isEqualTo(edit.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            textBlock =
                    """
        main_app: &a {version: 1}|b: *a                > 'main_app' is also used elsewhere in the file, by an alias
        a: &a {version: 1}|main_app: *a                > 'main_app' is an alias of a value elsewhere in the file
        v: &v 1|main_app: {version: *v}                > 'main_app.version' is an alias of a value elsewhere in the file
        main_app: {version: &v 1}                      > 'main_app.version' has an anchor or a tag
        main_app: {version: !!str 1}                   > 'main_app.version' has an anchor or a tag
        main_app:|  version: ¦|    1.0|                > 'main_app.version' is a block of text
        main_app: {version: {a: b}}                    > 'main_app.version' holds more than one value
        main_app: [a]                                  > 'main_app' is no map
        main_app: x                                    > 'main_app' is no map
        - a                                            > the file holds no map
        main_app: {version: 1, version: 2}             > 'main_app.version' is there twice
        z: 1|...|                                      > the document has an explicit end
        """)
    void whatIsNotSafeIsRefused(String before, String why) {
        YamlEdit edit = YamlEdit.of(lines(before).replace('¦', '|'), "main_app.version", "2.0.0");
        assertThat(edit.refusal()).contains(why);
        assertThat(edit.text()).isEqualTo(lines(before).replace('¦', '|'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.10",
                "1234567",
                "12e4567",
                "0x1f",
                "2024-01-02",
                "true",
                "no",
                "null",
                "a: b",
                "x #y",
                "- a",
                ""
            })
    void textThatLooksLikeSomethingElseGetsQuotes(String value) {
        assertThat(YamlEdit.of("a: b\n", "a", value).text()).isEqualTo("a: '" + value + "'\n");
        assertThat(YamlEdit.of("a: \"b\"\n", "a", value).text()).isEqualTo("a: \"" + value + "\"\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-01-02-101112-api", "v1", "1.2.3+b4", "a/b@c"})
    void anyOtherTextGetsNone(String value) {
        assertThat(YamlEdit.of("a: b\n", "a", value).text()).isEqualTo("a: " + value + "\n");
    }

    @ParameterizedTest
    @CsvSource({"[, the file is no single YAML document", "a: 1|---|b: 2, the file is no single YAML document"})
    void whatIsNoYamlIsRefused(String before, String why) {
        assertThat(YamlEdit.of(lines(before), "a", "1").refusal())
                .get()
                .asString()
                .startsWith(why);
    }
}
