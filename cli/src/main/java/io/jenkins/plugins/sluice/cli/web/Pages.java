package io.jenkins.plugins.sluice.cli.web;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.cli.local.AnswerDesk;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is answered where. */
final class Pages {

    private final WebSettings settings;
    private final Workers workers;
    private final String formKey;
    private final Shelf shelf;
    private final RunsPage runs;
    private final RunPage run;
    private final LogPage log;
    private final Pictures pictures;
    private final Downloads downloads = new Downloads();
    private final Votes votes;

    Pages(WebSettings settings, Workers workers, String formKey) {
        this.settings = settings;
        this.workers = workers;
        this.formKey = formKey;
        this.shelf = new Shelf(settings.state());
        this.runs = new RunsPage(settings, shelf);
        this.run = new RunPage(settings, workers, formKey);
        this.log = new LogPage(settings);
        this.pictures = new Pictures(settings.masker());
        this.votes = new Votes(settings);
    }

    /** The whole table. */
    List<Route> routes() {
        return List.of(
                Route.get("/", request -> runs.page().whole(html())),
                Route.get("/parts", request -> runs.page().parts(html(), request)),
                Route.get("/runs/last", this::newest),
                Route.get("/runs/{run}", request -> at(request, r -> run.page(r).whole(html()))),
                Route.get(
                        "/runs/{run}/parts",
                        request -> at(request, r -> run.page(r).parts(html(), request))),
                Route.get("/runs/{run}/plan.svg", request -> at(request, pictures::plan)),
                Route.get("/runs/{run}/timeline.svg", request -> at(request, pictures::timeline)),
                Route.get("/runs/{run}/files/{digest}", request -> at(request, r -> file(r, request))),
                Route.get(
                        "/runs/{run}/stages/{stage}/log",
                        request -> atStage(
                                request, (r, stage) -> log.page(r, stage).whole(html()))),
                Route.get(
                        "/runs/{run}/stages/{stage}/log/parts",
                        request -> atStage(
                                request, (r, stage) -> log.page(r, stage).parts(html(), request))),
                Route.get("/runs/{run}/stages/{stage}/log/whole", request -> atStage(request, this::wholeLog)),
                Route.post("/runs/{run}/gates/{stage}", request -> atStage(request, (r, s) -> vote(r, s, request))),
                Route.post("/runs/{run}/resume", request -> at(request, r -> resume(r, request))),
                new Route("POST", "/answer/{token}", false, this::answer),
                Route.get("/app.js", request -> asset("app.js", "text/javascript; charset=utf-8")),
                Route.get("/style.css", request -> asset("style.css", "text/css; charset=utf-8")),
                Route.get("/icon.svg", request -> asset("icon.svg", "image/svg+xml")));
    }

    private Html html() {
        return new Html(settings.masker());
    }

    private Reply newest(Request request) throws IOException {
        return shelf.all().stream()
                .filter(StoredRun::isReadable)
                .findFirst()
                .map(Path::getFileName)
                .map(name -> Reply.seeOther("/runs/" + name))
                .orElseGet(() -> Reply.seeOther("/"));
    }

    private Reply at(Request request, Shelf.Look<Reply> look) throws IOException {
        return shelf.look(request.variable("run"), look)
                .orElseGet(() -> Reply.text(404, "there is no run " + request.variable("run")));
    }

    /** What is made of a stage. */
    @FunctionalInterface
    private interface StageLook {
        Reply at(StoredRun run, PlannedStage stage) throws IOException;
    }

    private Reply atStage(Request request, StageLook look) throws IOException {
        int number = request.number("stage");
        return at(
                request,
                r -> number < r.plan().stages().size()
                        ? look.at(r, r.plan().stage(number))
                        : Reply.text(404, "run " + r.id() + " has no stage of the number " + number));
    }

    /** Of a program: it has no cookie, but knows a token, and signs what it says. */
    private Reply answer(Request request) throws IOException {
        Optional<byte[]> body = request.body();
        if (body.isEmpty()) {
            return Reply.text(413, "an answer may have at most 64 KiB");
        }
        AnswerDesk.Response response =
                settings.answers().take(request.variable("token"), request.headers(), body.get());
        response.run().ifPresent(run -> workers.goOn(run.id()));
        return Reply.text(response.status(), response.text());
    }

    private Reply file(StoredRun stored, Request request) throws IOException {
        var file = downloads.find(stored, request.variable("digest"));
        return file.isPresent()
                ? downloads.download(stored, file.get())
                : Reply.text(404, "run " + stored.id() + " names no file of that digest");
    }

    private Reply wholeLog(StoredRun stored, PlannedStage stage) {
        Optional<Path> file = stored.log(stage.id());
        return file.isPresent()
                ? new LogFile(file.get(), settings.masker()).download(stage.id())
                : Reply.text(404, stage.id() + " has not said anything yet");
    }

    private Reply vote(StoredRun stored, PlannedStage stage, Request request) throws IOException {
        if (stage.stage().work().gate().isEmpty()) {
            return Reply.text(404, stage.id() + " is no gate");
        }
        boolean asked = stored.state().asking().contains(stage.number());
        Votes.Result result = cast(stored, stage, request);
        boolean asks = stored.state().asking().contains(stage.number());
        if (asked && !asks) {
            workers.goOn(stored.id());
        }
        if (request.wantsData()) {
            return data(result.counts(), result.message());
        }
        if (result.counts() || !asks) {
            return Reply.seeOther("/runs/" + stored.id());
        }
        GateForm form = new GateForm(formKey, settings.voter(), typed(request, stage), result.message());
        return run.page(stored, stage.number(), form).whole(html());
    }

    private Votes.Result cast(StoredRun stored, PlannedStage stage, Request request) {
        try {
            return votes.cast(stored, stage.number(), request);
        } catch (IOException e) {
            return new Votes.Result(false, "The vote could not be cast: " + e.getMessage());
        }
    }

    private static Map<String, String> typed(Request request, PlannedStage stage) {
        Map<String, String> typed = new HashMap<>();
        typed.put("voter", request.field("voter"));
        typed.put("comment", request.field("comment"));
        stage.stage().work().gate().orElseThrow().inputs().forEach(input -> {
            String name = GateForm.INPUT + input.name();
            typed.put(name, request.field(name));
        });
        return typed;
    }

    private Reply resume(StoredRun stored, Request request) {
        if (!workers.able()) {
            return Reply.text(409, "this page only shows runs; go on with it: sluice resume " + stored.id());
        }
        workers.goOn(stored.id());
        return request.wantsData()
                ? data(true, "Sluice goes on with run " + stored.id())
                : Reply.seeOther("/runs/" + stored.id());
    }

    private Reply data(boolean done, String message) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("done", done).put("message", Printable.lines(settings.masker().mask(message)));
        return Reply.of(200, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Reply asset(String name, String type) throws IOException {
        try (InputStream in = Objects.requireNonNull(Pages.class.getResourceAsStream(name), name)) {
            return Reply.of(200, type, in.readAllBytes());
        }
    }
}
