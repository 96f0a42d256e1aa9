package io.jenkins.plugins.sluice.cli.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param headers besides those that every reply has
 * @param length of the body in bytes; negative if nobody knows
 */
record Reply(int status, Map<String, String> headers, long length, Body body) {

    Reply {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Writes the bytes. */
    @FunctionalInterface
    interface Body {
        void to(OutputStream out) throws IOException;
    }

    static Reply of(int status, String type, byte[] bytes) {
        return new Reply(status, Map.of("Content-Type", type), bytes.length, out -> out.write(bytes));
    }

    /** One plain sentence. */
    static Reply text(int status, String text) {
        return of(status, "text/plain; charset=utf-8", (text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    static Reply html(String html) {
        return of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8));
    }

    /** Go there, with GET. */
    static Reply seeOther(String path) {
        return text(303, "see " + path).with("Location", path);
    }

    /** A file that is put on the disk and never run here. */
    static Reply download(String name, String type, long length, Body body) {
        return new Reply(200, Map.of("Content-Type", type), length, body)
                .with("Content-Disposition", "attachment; filename*=UTF-8''" + encoded(name));
    }

    Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, length, body);
    }

    /** The same without its body, and with its length. */
    Reply unchanged() {
        return new Reply(304, headers, -1, out -> {});
    }

    private static String encoded(String name) {
        StringBuilder out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '.' || b == '-';
            out.append(plain ? String.valueOf((char) b) : String.format("%%%02X", b & 0xff));
        }
        return out.toString();
    }
}
