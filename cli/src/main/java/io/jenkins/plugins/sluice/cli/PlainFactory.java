package io.jenkins.plugins.sluice.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.IFactory;

/**
 * Makes the few objects that picocli wants made: the collections of options that may be repeated. Picocli's own factory
 * looks for Groovy when it is loaded, which means through every jar there is: a fifth of the time to start.
 */
final class PlainFactory implements IFactory {

    static final PlainFactory INSTANCE = new PlainFactory();

    private PlainFactory() {}

    @Override
    public <K> K create(Class<K> type) {
        if (type == List.class) {
            return type.cast(new ArrayList<>());
        }
        if (type == Map.class) {
            return type.cast(new LinkedHashMap<>());
        }
        throw new IllegalArgumentException("nothing here has an option of " + type);
    }
}
