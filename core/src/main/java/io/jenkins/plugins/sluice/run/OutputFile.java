package io.jenkins.plugins.sluice.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A file of {@code NAME=value} lines. Blank lines and lines that begin with {@code #} do not count; the last value wins. */
record OutputFile(Map<String, String> values, Optional<String> problem) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    static OutputFile parse(String file, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        String[] lines = text.split("\r?\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            int equals = line.indexOf('=');
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (equals < 0 || !NAME.matcher(line.substring(0, equals)).matches()) {
                return new OutputFile(Map.of(), Optional.of(file + ":" + (i + 1) + ": this is no NAME=value line"));
            }
            values.put(line.substring(0, equals), line.substring(equals + 1));
        }
        return new OutputFile(values, Optional.empty());
    }
}
