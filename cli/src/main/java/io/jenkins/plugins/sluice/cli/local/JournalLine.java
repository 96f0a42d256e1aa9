package io.jenkins.plugins.sluice.cli.local;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A line of a journal.
 *
 * @param checksum CRC-32C of the checksum before it and of the content, as 8 hexadecimal digits
 * @param content without line breaks
 */
record JournalLine(String checksum, String content) {

    /** What stands for the checksum before the first line. */
    static final String START = "00000000";

    private static final int DIGITS = START.length();

    static JournalLine of(String before, String content) {
        CRC32C crc = new CRC32C();
        crc.update(before.getBytes(StandardCharsets.US_ASCII));
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return new JournalLine(HexFormat.of().toHexDigits((int) crc.getValue()), content);
    }

    /** The line, if it is one that was written after the line with that checksum. */
    static Optional<JournalLine> parse(String before, String text) {
        if (text.length() <= DIGITS || text.charAt(DIGITS) != ' ') {
            return Optional.empty();
        }
        JournalLine line = of(before, text.substring(DIGITS + 1));
        return text.startsWith(line.checksum()) ? Optional.of(line) : Optional.empty();
    }

    /** As it is written, line break included. */
    String text() {
        return checksum + " " + content + "\n";
    }
}
