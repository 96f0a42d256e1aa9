package io.jenkins.plugins.sluice.cli.web;

import java.util.List;

/**
 * A page, and its parts alone for the script, which asks for them again and again.
 *
 * @param title of the window
 * @param place what the runs are of, in the heading of every page
 * @param source where the script finds the parts
 * @param over whether nothing changes any more
 */
record Page(String title, String place, String source, boolean over, List<Part> parts) {

    Page {
        parts = List.copyOf(parts);
    }

    /** The whole page. */
    Reply whole(Html html) {
        html.open("html", "lang", "en").open("head");
        html.open("meta", "charset", "utf-8");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", title);
        html.open("link", "rel", "stylesheet", "href", "/style.css");
        html.open("link", "rel", "icon", "href", "/icon.svg", "type", "image/svg+xml");
        html.open("script", "src", "/app.js", "defer", "")
                .close("script")
                .close("head")
                .open("body");
        html.open("header", "class", "top").element("a", "Sluice", "href", "/", "class", "home");
        html.element("span", place, "class", "place").close("header");
        html.open("p", "id", "connection", "class", "notice bad", "role", "status", "hidden", "")
                .close("p");
        html.open("main", "id", "parts", "data-source", source, "data-title", title, "data-over", over ? "" : null);
        write(html);
        html.close("main").close("body").close("html");
        return Reply.html("<!DOCTYPE html>" + html);
    }

    /** The parts alone, or that nothing has changed since the reader has asked last. */
    Reply parts(Html html, Request request) {
        html.open("main", "data-title", title, "data-over", over ? "" : null);
        write(html);
        html.close("main");
        String tag = '"' + Part.version(html.toString()) + '"';
        Reply reply = Reply.html(html.toString()).with("ETag", tag);
        return request.header("If-None-Match").filter(tag::equals).isPresent() ? reply.unchanged() : reply;
    }

    private void write(Html html) {
        parts.forEach(part -> part.writeTo(html));
    }
}
