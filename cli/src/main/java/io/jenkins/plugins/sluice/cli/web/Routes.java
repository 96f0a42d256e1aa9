package io.jenkins.plugins.sluice.cli.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All that is answered. */
final class Routes {

    private final Map<Route, Pattern> routes = new LinkedHashMap<>();

    Routes(List<Route> all) {
        all.forEach(route -> routes.put(route, route.regex()));
    }

    /** The route of a request, which then knows its variables. */
    Optional<Route> find(Request request) {
        for (Map.Entry<Route, Pattern> route : routes.entrySet()) {
            Matcher match = route.getValue().matcher(request.path());
            if (route.getKey().takes(request.method()) && match.matches()) {
                request.matched(match);
                return Optional.of(route.getKey());
            }
        }
        return Optional.empty();
    }

    /** What to say if there is none: wrong method, or nothing there at all. */
    Reply missing(Request request) {
        List<String> methods = routes.entrySet().stream()
                .filter(route -> route.getValue().matcher(request.path()).matches())
                .map(route -> route.getKey().method().equals("GET") ? "GET, HEAD" : "POST")
                .toList();
        return methods.isEmpty()
                ? Reply.text(404, "there is nothing here")
                : Reply.text(405, "this is for " + String.join(", ", methods))
                        .with("Allow", String.join(", ", methods));
    }
}
