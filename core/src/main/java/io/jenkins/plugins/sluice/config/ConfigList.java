package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;
import java.util.List;

/** A list of values in the order in which they stand in the file. */
public final class ConfigList extends ConfigNode {
    private final List<ConfigNode> items;

    ConfigList(Location location, ConfigPath path, List<ConfigNode> items) {
        super(location, path);
        this.items = List.copyOf(items);
    }

    public List<ConfigNode> items() {
        return items;
    }

    @Override
    public String described() {
        return items.isEmpty() ? "an empty list" : "a list";
    }

    @Override
    public boolean isBlank() {
        return items.isEmpty();
    }
}
