package io.jenkins.plugins.sluice.config;

import java.util.List;
import java.util.Optional;

/**
 * One value of a YAML text set to a text of its own, with every other character of it as it was: comments, order, quotes and
 * line ends stay.
 *
 * @param text the new text; the old one if it was refused, or if the value was there already
 * @param refusal why it cannot be done safely, in words for people
 */
public record YamlEdit(String text, Optional<String> refusal) {
    /**
     * Sets a value. A key that is missing is added; what an alias shares with other places is left alone.
     *
     * @param key names of maps within each other, with dots between them
     */
    public static YamlEdit of(String text, String key, String value) {
        try {
            return new YamlEdit(YamlText.of(text).with(List.of(key.split("\\.", -1)), value), Optional.empty());
        } catch (YamlText.Refused refused) {
            return new YamlEdit(text, Optional.of(refused.why()));
        }
    }
}
