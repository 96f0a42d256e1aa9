package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;

/** What stays below the lines of an output; decides what is written so that lines come above it. */
interface Footer {

    /** No footer: lines are written as they are. */
    Footer NONE = new Footer() {
        @Override
        public String frame(String lines) {
            return lines;
        }

        @Override
        public String end(String lines) {
            return lines;
        }

        @Override
        public Duration interval() {
            return Duration.ofDays(1);
        }
    };

    /** Writes these whole lines above the footer, or only updates it if they are empty. */
    String frame(String lines);

    /** Writes the last lines, and takes the footer away. */
    String end(String lines);

    /** After how long without lines it wants to be updated. */
    Duration interval();
}
