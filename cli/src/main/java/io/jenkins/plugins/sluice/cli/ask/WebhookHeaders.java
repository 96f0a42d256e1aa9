package io.jenkins.plugins.sluice.cli.ask;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The three headers that make an HTTP message a signed one, with the text as it is sent. Whether they are true is for
 * {@link WebhookKey} to judge.
 *
 * @param id tells what is said from anything else; stays the same when it is sent again
 * @param timestamp when it was signed, in seconds since 1970
 * @param signature one or more signatures {@code v1,BASE64}, with a space between them
 */
public record WebhookHeaders(String id, String timestamp, String signature) {

    /** The name of the header with the id. */
    public static final String ID = "webhook-id";

    /** The name of the header with the time. */
    public static final String TIMESTAMP = "webhook-timestamp";

    /** The name of the header with the signatures. */
    public static final String SIGNATURE = "webhook-signature";

    /**
     * The three among all headers of a message, whatever the case of their names; empty unless each is there exactly once.
     */
    public static Optional<WebhookHeaders> from(Map<String, List<String>> headers) {
        List<String> ids = values(ID, headers);
        List<String> times = values(TIMESTAMP, headers);
        List<String> signatures = values(SIGNATURE, headers);
        boolean once = ids.size() == 1 && times.size() == 1 && signatures.size() == 1;
        return once ? Optional.of(new WebhookHeaders(ids.get(0), times.get(0), signatures.get(0))) : Optional.empty();
    }

    private static List<String> values(String name, Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> name.equalsIgnoreCase(header.getKey()))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    /** Name, value, name, value and so on, as {@code HttpRequest} takes them. */
    String[] flat() {
        return Stream.of(ID, id, TIMESTAMP, timestamp, SIGNATURE, signature).toArray(String[]::new);
    }
}
