package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.RunOutcome;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the web page shows and does for who is inside. */
class WebPagesTest {
    private static final String GATE = "/runs/1/gates/1";

    @TempDir
    Path repository;

    private static Map<String, String> vote(WebClient user, String decision, String voter) throws Exception {
        Map<String, String> fields = new HashMap<>();
        fields.put("csrf", user.formKey("/runs/1"));
        fields.put("decision", decision);
        fields.put("voter", voter);
        fields.put("comment", "looks <b>good</b>");
        fields.put("input.window", "tonight");
        fields.put("input.instances", "3");
        return fields;
    }

    @Test
    void listNamesTheRunAndWhatItWaitsFor() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            String page = WebClient.of(sample).get("/").body();
            assertThat(page).contains("href=\"/runs/1\"", ">waiting<", "by zoe", "asks at api/approve");
        }
    }

    @Test
    void withoutRunsThereIsAPageToo() throws Exception {
        Sluice sluice = new Sluice(repository).config(WebSample.CONFIG);
        try (WebSample sample = WebSample.served(repository, sluice, Map.of())) {
            WebClient user = WebClient.of(sample);
            assertThat(user.get("/").body()).contains("There are no runs yet");
            assertThat(user.get("/runs/last").headers().firstValue("Location")).contains("/");
        }
    }

    @Test
    void runShowsItsGateWithEverythingThatMatters() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            String page = WebClient.of(sample).get("/runs/1").body();
            assertThat(page)
                    .contains("Apply this plan to production?", "ada, bob", "Plan: 2 to add.", "&quot;api-7&quot;")
                    .contains("<select id=\"g1-input.window\" name=\"input.window\" required=\"\"")
                    .contains("name=\"input.announce\" value=\"true\" checked=\"\"")
                    .contains("name=\"voter\" value=\"ada\"", "formnovalidate", "waits on the disk")
                    .contains("src=\"/runs/1/plan.svg?v=", "src=\"/runs/1/timeline.svg?v=")
                    .doesNotContain("style=");
        }
    }

    @Test
    void approvalWithInputsCountsAndTheRunGoesOnHere() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            HttpResponse<String> reply = user.post(GATE, vote(user, "approve", "ada"));
            assertThat(reply.statusCode()).isEqualTo(303);
            assertThat(reply.headers().firstValue("Location")).contains("/runs/1");
            StoredRun run = sample.over(1);
            assertThat(run.state().outcome()).contains(RunOutcome.SUCCEEDED);
            GateRun.Cast cast =
                    run.state().stage(1).gate().orElseThrow().ballots().get(0);
            assertThat(cast.vote().via()).isEqualTo("web page");
            assertThat(cast.vote().inputs())
                    .isEqualTo(Map.of("window", "tonight", "instances", "3", "announce", "false"));
            assertThat(Files.readString(run.log("api/apply").orElseThrow())).contains("applied tonight 3 false");
            assertThat(user.get("/runs/1").body())
                    .contains("Audit trail", "looks &lt;b&gt;good&lt;/b&gt;", "web page")
                    .doesNotContain("<b>good", "id=\"gate-1\"");
        }
    }

    @Test
    void rejectionNeedsNoInputs() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            Map<String, String> fields = vote(user, "reject", "bob");
            fields.keySet().removeIf(name -> name.startsWith("input."));
            assertThat(user.post(GATE, fields).statusCode()).isEqualTo(303);
            assertThat(sample.over(1).state().outcome()).contains(RunOutcome.FAILED);
        }
    }

    @Test
    void refusedVoteIsExplainedAndNothingTypedIsLost() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            HttpResponse<String> reply = user.post(GATE, vote(user, "approve", "mallory\"><script>"));
            assertThat(reply.statusCode()).isEqualTo(200);
            assertThat(reply.body())
                    .contains("The vote does not count: mallory&quot;&gt;&lt;script&gt; is not among ada, bob")
                    .contains("value=\"mallory&quot;&gt;&lt;script&gt;\"", "looks &lt;b&gt;good&lt;/b&gt;</textarea>")
                    .contains("value=\"tonight\" selected=\"\"", "name=\"input.instances\" value=\"3\"")
                    .doesNotContain("<script>", "name=\"input.announce\" value=\"true\" checked");
            assertThat(user.get("/runs/1").body()).contains("refused");
            assertThat(sample.run(1).state().asking()).containsExactly(1);
        }
    }

    @Test
    void scriptGetsTheReasonAsData() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            HttpRequest.Builder request =
                    user.request(GATE).header("Origin", sample.origin()).header("Accept", "application/json");
            String reply = user.send(WebClient.form(request, vote(user, "approve", "eve"))
                            .build())
                    .body();
            assertThat(reply)
                    .isEqualTo("{\"done\":false,\"message\":\"The vote does not count: eve is not among ada, bob\"}");
        }
    }

    @Test
    void voteWithoutADecisionAndAtSomethingElseIsNone() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            assertThat(user.post(GATE, vote(user, "perhaps", "ada")).body())
                    .contains("say whether you approve or reject");
            assertThat(user.post("/runs/1/gates/0", vote(user, "approve", "ada"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(user.post("/runs/1/gates/9", vote(user, "approve", "ada"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(user.post("/runs/7/gates/1", vote(user, "approve", "ada"))
                            .statusCode())
                    .isEqualTo(404);
            assertThat(sample.run(1).state().stage(1).gate().orElseThrow().ballots())
                    .isEmpty();
        }
    }

    @Test
    void partsAreSentOnlyWhenTheyHaveChanged() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            String tag = user.get("/runs/1/parts").headers().firstValue("ETag").orElseThrow();
            HttpRequest again =
                    user.request("/runs/1/parts").header("If-None-Match", tag).build();
            assertThat(user.send(again).statusCode()).isEqualTo(304);
            sample.sluice.call("reject", "1", "approve", "--as", "eve", "--comment", "x");
            HttpResponse<String> news = user.send(again);
            assertThat(news.statusCode()).isEqualTo(200);
            assertThat(news.body()).contains("does not count: eve is not among");
        }
    }

    @Test
    void unknownThingsAreNotFound() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            for (String path : List.of(
                    "/runs/2",
                    "/runs/0",
                    "/runs/01",
                    "/runs/99999999999",
                    "/runs/-1",
                    "/runs/x",
                    "/runs/",
                    "/runs",
                    "/runs/1/",
                    "/runs/1/stages/77/log",
                    "/runs/1/files/" + "0".repeat(64),
                    "/runs/1/files/abc",
                    "/runs/1/stages/1/log/whole",
                    "/index.html",
                    "/app.js/",
                    "/web/app.js",
                    "/%2e%2e/",
                    "/runs/../runs/1",
                    "/runs/%2e%2e/%2e%2e/etc/passwd",
                    "/runs/1%2f..%2f1",
                    "/runs/1/files/..%2f..%2fjournal",
                    "/runs/1/stages/..%2f/log")) {
                assertThat(user.get(path).statusCode()).as(path).isEqualTo(404);
            }
            String raw = user.raw("GET /runs/../../../etc/passwd HTTP/1.1\r\nHost: "
                    + sample.origin().substring("http://".length()) + "\r\nCOOKIE\r\nConnection: close\r\n\r\n");
            assertThat(raw).startsWith("HTTP/1.1 404");
        }
    }

    private static final String NASTY =
            """
            version: 1
            pipelines:
              x:
                stages:
                  - name: make
                    script: |
                      echo '<script>alert(1)</script><img src=x onerror=alert(2)>'
                      printf '\\033[31mred\\033[0m \\007bell\\n'
                      echo '<script>alert(3)</script>' > 'a<b>".html'
                      echo '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(4)"/>' > b.svg
                      printf 'a\\000b' > c.bin
                    artifacts: ['**']
                  - name: ask
                    gate:
                      message: "<script>alert(5)</script>${stages.make.outputs.x}"
                      show: ['*.html', b.svg, c.bin]
                      inputs: [{name: v, description: '"><script>alert(6)</script>', choices: ['<i>', b]}]
            """
                    .replace("${stages.make.outputs.x}", "");

    @Test
    void nothingThatAnybodyWritesBecomesMarkup() throws Exception {
        try (WebSample sample = WebSample.of(repository, NASTY)) {
            WebClient user = WebClient.of(sample);
            Map<String, String> fields = new HashMap<>();
            fields.put("csrf", user.formKey("/runs/1"));
            fields.put("decision", "approve");
            fields.put("voter", "<u>eve</u>");
            fields.put("comment", "</textarea><script>alert(7)</script>");
            fields.put("input.v", "<s>");
            assertThat(user.post(GATE, fields).body()).doesNotContain("<script>", "<u>", "<i>", "<s>");
            for (String path : List.of("/runs/1", "/runs/1/parts", "/runs/1/stages/0/log", "/", "/runs/1/plan.svg")) {
                assertThat(user.get(path).body())
                        .as(path)
                        .doesNotContain(
                                "<script>alert",
                                "<img src=x",
                                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload",
                                "a<b>",
                                "<b>\"");
            }
            assertThat(user.get("/runs/1/stages/0/log").body())
                    .contains("&lt;script&gt;alert(1)", "red bell")
                    .doesNotContain("\033");
            assertThat(user.get("/runs/1").body()).contains("&lt;svg xmlns=", "a&lt;b&gt;&quot;.html");
        }
    }

    @Test
    void filesOfARunAreSavedAndNeverRun() throws Exception {
        try (WebSample sample = WebSample.of(repository, NASTY)) {
            WebClient user = WebClient.of(sample);
            for (KeptFile file :
                    sample.run(1).state().stage(0).lastResult().orElseThrow().kept()) {
                HttpResponse<String> reply = user.get("/runs/1/files/" + file.digest());
                assertThat(reply.headers().firstValue("Content-Type")).contains("application/octet-stream");
                assertThat(reply.headers().firstValue("Content-Disposition").orElseThrow())
                        .matches("attachment; filename\\*=UTF-8''[A-Za-z0-9.%-]+");
                assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(file.size());
            }
            HttpResponse<String> log = user.get("/runs/1/stages/0/log/whole");
            assertThat(log.headers().firstValue("Content-Type")).contains("text/plain; charset=utf-8");
            assertThat(log.headers().firstValue("Content-Disposition"))
                    .contains("attachment; filename*=UTF-8''x.make.log");
            assertThat(log.body()).contains("<script>alert(1)</script>");
        }
    }

    private static void damage(StoredRun run, KeptFile file, String text) throws Exception {
        Path stored = run.artifact(file).orElseThrow();
        Files.setPosixFilePermissions(stored, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(stored, text);
    }

    @Test
    void changedBytesAreNeitherShownNorSent() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            StoredRun run = sample.run(1);
            KeptFile file =
                    run.state().stage(0).lastResult().orElseThrow().kept().get(0);
            damage(run, file, "Plan: nothing to do.");
            WebClient user = WebClient.of(sample);
            HttpResponse<String> reply = user.get("/runs/1/files/" + file.digest());
            assertThat(reply.statusCode()).isEqualTo(500);
            assertThat(reply.body()).contains("were changed").doesNotContain("nothing to do");
            assertThat(user.get("/runs/1").body()).contains("were changed").doesNotContain("nothing to do");
        }
    }

    @Test
    void largeFileWithChangedBytesBreaksOff() throws Exception {
        String config = WebSample.CONFIG
                .replace("echo planning", "head -c 700000 /dev/zero > big.bin; echo planning")
                .replace("artifacts: [plan.txt]", "artifacts: [plan.txt, big.bin]");
        try (WebSample sample = WebSample.of(repository, config)) {
            StoredRun run = sample.run(1);
            KeptFile file =
                    run.state().stage(0).lastResult().orElseThrow().kept().get(0);
            WebClient user = WebClient.of(sample);
            String request = "GET /runs/1/files/" + file.digest() + " HTTP/1.1\r\nHost: "
                    + sample.origin().substring("http://".length()) + "\r\nCOOKIE\r\nConnection: close\r\n\r\n";
            assertThat(user.raw(request)).contains("Content-length: 700000").hasSizeGreaterThan(700_000);
            damage(run, file, "\0".repeat(699_999) + "x");
            assertThat(user.raw(request)).contains("Content-length: 700000").hasSizeLessThan(700_000);
        }
    }

    @Test
    void filesOfOtherRunsAreNotFound() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            sample.sluice.config(WebSample.CONFIG.replace("2 to add", "3 to add"));
            sample.sluice.call("run", "--at-gates", "leave", "--quiet");
            String digest = sample.run(2)
                    .state()
                    .stage(0)
                    .lastResult()
                    .orElseThrow()
                    .kept()
                    .get(0)
                    .digest();
            WebClient user = WebClient.of(sample);
            assertThat(user.get("/runs/2/files/" + digest).statusCode()).isEqualTo(200);
            assertThat(user.get("/runs/1/files/" + digest).statusCode()).isEqualTo(404);
            assertThat(user.get("/runs/last").headers().firstValue("Location")).contains("/runs/2");
        }
    }

    @Test
    void secretsAreHiddenWhereverTheyShow() throws Exception {
        String secret = "s3cr3t<&\"tok'en";
        String config = WebSample.CONFIG
                .replace("2 to add", "s3cr3t<&\"tok\\047en")
                .replace("Apply this plan to production?", "'Is s3cr3t<&\"tok''en right?'");
        try (WebSample before = WebSample.of(repository, config)) {
            assertThat(WebClient.of(before).get("/runs/1").body()).contains("s3cr3t&lt;");
        }
        try (WebSample sample =
                WebSample.served(repository, new Sluice(repository), Map.of("SLUICE_SECRET_T", secret))) {
            WebClient user = WebClient.of(sample);
            Map<String, String> fields = vote(user, "approve", "eve");
            fields.put("comment", "it is " + secret);
            assertThat(user.post(GATE, fields).body()).contains("it is ****").doesNotContain("s3cr3t");
            for (String path : List.of("/", "/runs/1", "/runs/1/parts", "/runs/1/plan.svg", "/runs/1/timeline.svg")) {
                assertThat(user.get(path).body()).as(path).doesNotContain("s3cr3t");
            }
        }
    }

    @Test
    void longLogsShowTheirEndAndAreSavedWhole() throws Exception {
        String config = WebSample.CONFIG.replace("echo planning", "seq 1 90000");
        try (WebSample sample = WebSample.of(repository, config)) {
            WebClient user = WebClient.of(sample);
            String page = user.get("/runs/1/stages/0/log").body();
            assertThat(page)
                    .contains("\n90000\n", "are not shown here")
                    .doesNotContain("\n1000\n")
                    .hasSizeLessThan(300_000);
            assertThat(user.get("/runs/1/stages/0/log/whole").body())
                    .startsWith("1\n2\n")
                    .contains("\n90000\n");
        }
    }

    @Test
    void runThatWasCutOffIsResumed() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            sample.sluice.call("approve", "1", "approve", "--as", "bob", "--comment", "x", "--input", "window=now");
            WebClient user = WebClient.of(sample);
            assertThat(user.get("/runs/1").body()).contains(">decided<", "action=\"/runs/1/resume\"");
            HttpResponse<String> reply = user.post("/runs/1/resume", Map.of("csrf", user.formKey("/runs/1")));
            assertThat(reply.statusCode()).isEqualTo(303);
            assertThat(sample.over(1).state().outcome()).contains(RunOutcome.SUCCEEDED);
        }
    }

    @Test
    void lateVoteDoesNotMoveARunThatWasCutOff() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            WebClient user = WebClient.of(sample);
            Map<String, String> late = vote(user, "approve", "ada");
            sample.sluice.call("approve", "1", "approve", "--as", "bob", "--comment", "x", "--input", "window=now");
            assertThat(user.post(GATE, late).statusCode()).isEqualTo(303);
            Thread.sleep(500);
            assertThat(sample.run(1).state().outcome()).isEmpty();
            assertThat(user.get("/runs/1").body()).contains("too late: approved by bob");
        }
    }

    @Test
    void whyARunCannotGoOnIsShown() throws Exception {
        String config = WebSample.CONFIG.replace(
                "    script: echo applied",
                "    credentials: [{id: key, variable: KEY}]\n        script: echo applied");
        WebSample first = WebSample.of(repository, config, Map.of("SLUICE_SECRET_KEY", "quite-secret"));
        first.close();
        try (WebSample sample = WebSample.served(repository, new Sluice(repository), Map.of())) {
            WebClient user = WebClient.of(sample);
            user.post(GATE, vote(user, "approve", "ada"));
            String page = "";
            for (int i = 0; i < 100 && !page.contains("could not go on"); i++) {
                Thread.sleep(100);
                page = user.get("/runs/1").body();
            }
            assertThat(page).contains("could not go on with this run", "SLUICE_SECRET_KEY", ">Resume<");
        }
    }

    @Test
    void severalRunsGoOnAtTheSameTime() throws Exception {
        String config = WebSample.CONFIG.replace("script: echo applied", "script: sleep 1; echo applied");
        try (WebSample sample = WebSample.of(repository, config)) {
            sample.sluice.call("run", "--at-gates", "leave", "--quiet");
            sample.sluice.call("run", "--at-gates", "leave", "--quiet");
            WebClient user = WebClient.of(sample);
            Map<String, String> vote = vote(user, "approve", "ada");
            for (int run = 1; run <= 3; run++) {
                user.post("/runs/" + run + "/gates/1", vote);
            }
            for (int run = 1; run <= 3; run++) {
                assertThat(sample.over(run).state().outcome()).contains(RunOutcome.SUCCEEDED);
            }
        }
    }
}
