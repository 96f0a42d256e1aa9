package io.jenkins.plugins.sluice.config;

import org.jspecify.annotations.Nullable;

/** The way from the top of a file to a value, written out only when someone asks. */
record ConfigPath(@Nullable ConfigPath parent, String step) {
    static final ConfigPath TOP = new ConfigPath(null, "");

    ConfigPath key(String key) {
        return new ConfigPath(this, key);
    }

    ConfigPath index(int index) {
        return new ConfigPath(this, "[" + index + "]");
    }

    @Override
    public String toString() {
        if (parent == null) {
            return "";
        }
        String before = parent.toString();
        return before.isEmpty() || step.startsWith("[") ? before + step : before + "." + step;
    }
}
