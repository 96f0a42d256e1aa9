package io.jenkins.plugins.sluice.cli.web;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who may come in: only a browser that was given the address with the token, and only with what a person did on our own pages.
 * Other pages, other users of this machine, and names that lead here (DNS rebinding) stay outside.
 */
final class Door {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    private final Keys keys;
    private final int port;

    Door(Keys keys, int port) {
        this.keys = keys;
        this.port = port;
    }

    /** Why a request is none that anybody here answers, whoever sends it. */
    Optional<Reply> refuse(Request request) {
        if (!METHODS.contains(request.method())) {
            return Optional.of(
                    Reply.text(405, "only GET, HEAD and POST are answered here").with("Allow", "GET, HEAD, POST"));
        }
        if (request.header("Host").filter(hosts()::contains).isEmpty()) {
            return Optional.of(Reply.text(403, "this server has the name 127.0.0.1:" + port + " and no other"));
        }
        return Optional.empty();
    }

    private List<String> hosts() {
        return List.of("127.0.0.1:" + port, "localhost:" + port);
    }

    /** The cookie in exchange for the token of the address, and the same address without it. */
    Optional<Reply> exchange(Request request) {
        return request.query("token")
                .map(token -> Keys.same(keys.token(), token)
                        ? Reply.seeOther(request.path())
                                .with(
                                        "Set-Cookie",
                                        cookie() + "=" + keys.session() + "; Path=/; HttpOnly; SameSite=Strict")
                        : Reply.text(
                                403,
                                "the token of this address is not, or no longer, right: take the address that Sluice"
                                        + " has printed last"));
    }

    /** Cookies are for all ports of a host: another Sluice must not overwrite ours. */
    private String cookie() {
        return "sluice-" + port;
    }

    /** Why somebody without the cookie sees nothing. */
    Optional<Reply> refuseStranger(Request request) {
        boolean known = request.cookies(cookie()).stream().anyMatch(given -> Keys.same(keys.session(), given));
        return known
                ? Optional.empty()
                : Optional.of(Reply.text(
                        403,
                        "this page is for whoever has started Sluice: open the address with the token that it has printed."
                                + " If you have just come by that address, reload the page."));
    }

    /** Why a form, which was read already, is not one that was filled in on our own page. */
    Optional<Reply> refuseForeign(Request request) {
        boolean ours = isSameOrigin(request) && Keys.same(keys.form(), request.field("csrf"));
        return ours
                ? Optional.empty()
                : Optional.of(Reply.text(403, "this was not sent by the page itself: reload the page and try again"));
    }

    /** Where nobody may learn where a form was ({@code no-referrer}), browsers send {@code null} as its origin. */
    private static boolean isSameOrigin(Request request) {
        if (!request.hasHeader("Origin")
                || request.header("Origin").filter("null"::equals).isPresent()) {
            return request.header("Sec-Fetch-Site")
                    .filter("same-origin"::equals)
                    .isPresent();
        }
        String origin = "http://" + request.header("Host").orElse("");
        return request.header("Origin").filter(origin::equals).isPresent();
    }

    String formKey() {
        return keys.form();
    }

    /** The address to open. */
    String address(String path) {
        return "http://127.0.0.1:" + port + path + "?token=" + keys.token();
    }
}
