package io.jenkins.plugins.sluice.cli.ask;

import java.net.http.HttpClient;
import java.util.Optional;

/**
 * Takes in questions to post. One is enough for a process: it holds the connections, on daemon threads that end when nobody
 * refers to it any more. Safe for threads.
 */
public final class PostOffice {

    private final PostLimits limits;
    private final Surroundings surroundings;
    private final HttpClient client;

    /** An office with its own connections. */
    public PostOffice(PostLimits limits) {
        this(limits, Surroundings.REAL);
    }

    PostOffice(PostLimits limits, Surroundings surroundings) {
        this.limits = limits;
        this.surroundings = surroundings;
        // HTTP/1.1: to offer HTTP/2 on http:// takes an upgrade, which not every server bears with a body.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connect())
                .build();
    }

    /** Takes in a question. Nothing is sent before {@link QuestionPost#send}. */
    public QuestionPost take(Question question, WebhookKey key) {
        return new QuestionPost(question, key, this);
    }

    PostLimits limits() {
        return limits;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    HttpClient client() {
        return client;
    }

    /** What is said about us: {@code sluice/1.2.3}. */
    static String userAgent() {
        String version = Optional.ofNullable(PostOffice.class.getPackage().getImplementationVersion())
                .orElse("development");
        return "sluice/" + version;
    }
}
