package io.jenkins.plugins.sluice.cli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.jenkins.plugins.sluice.run.RunOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web page in a browser, as a person uses it. */
class WebBrowserTest {
    private static Chromium chromium;

    @TempDir
    Path repository;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void end() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private Page open(WebSample sample, String path) {
        BrowserContext window = chromium.window(1200, 900, 1, ColorScheme.LIGHT);
        Page page = window.newPage();
        page.setDefaultTimeout(15_000);
        page.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
        page.onPageError(complaints::add);
        page.onRequest(request -> asked.add(request.url()));
        page.navigate(sample.address());
        page.navigate(sample.origin() + path);
        return page;
    }

    /** Also what the rules for scripts and styles forbid is told on the console. */
    @AfterEach
    void nobodyElseIsAskedAndNothingIsWrong() {
        assertThat(complaints).isEmpty();
        assertThat(asked).allMatch(url -> url.startsWith("http://127.0.0.1:"));
    }

    private static Locator gate(Page page) {
        return page.locator("#gate-1");
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static void fill(Page page) {
        page.getByLabel("window").selectOption("tonight");
        page.getByLabel("instances").fill("7");
        page.getByLabel("announce").uncheck();
        page.getByLabel("Comment").fill("looks good");
    }

    @Test
    void runIsSeen() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            Page page = open(sample, "/");
            page.getByText("Run 1").click();
            assertThat(page).hasTitle("Run 1 waiting – Sluice");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1)))
                    .containsText("Run 1");
            assertThat(gate(page)).containsText("Plan: 2 to add.");
            for (String picture : List.of("#plan img", "#timeline img")) {
                Object width = page.locator(picture).evaluate("image => image.decode().then(() => image.naturalWidth)");
                assertThat(((Number) width).intValue()).isGreaterThan(100);
            }
            assertThat(page.url()).doesNotContain("token");
        }
    }

    @Test
    void approvalWithInputsAndCommentMovesTheRunOn() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            Page page = open(sample, "/runs/1");
            fill(page);
            button(page, "Approve").click();
            assertThat(page.locator("#head")).containsText("succeeded");
            assertThat(gate(page)).hasCount(0);
            assertThat(page.locator("#trail")).containsText("looks good");
            assertThat(page).hasTitle("Run 1 succeeded – Sluice");
            assertThat(Files.readString(sample.over(1).log("api/apply").orElseThrow()))
                    .contains("applied tonight 7 false");
        }
    }

    @Test
    void incompleteApprovalIsNotSentAndRejectionNeedsNoInputs() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            Page page = open(sample, "/runs/1");
            button(page, "Approve").click();
            assertThat(sample.run(1).state().stage(1).gate().orElseThrow().ballots())
                    .isEmpty();
            page.getByLabel("Comment").fill("not today");
            button(page, "Reject").click();
            assertThat(page.locator("#head")).containsText("failed");
            assertThat(sample.over(1).state().outcome()).contains(RunOutcome.FAILED);
        }
    }

    @Test
    void wrongPersonIsToldWhyAndNothingTypedIsLost() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            Page page = open(sample, "/runs/1");
            fill(page);
            page.getByLabel("You are").fill("eve");
            button(page, "Approve").click();
            Locator notice = gate(page).getByRole(AriaRole.ALERT);
            assertThat(notice).containsText("The vote does not count: eve is not among ada, bob");
            assertThat(page.locator("#trail")).containsText("refused"); // the parts were replaced meanwhile
            assertThat(notice).containsText("eve is not among");
            assertThat(page.getByLabel("window")).hasValue("tonight");
            assertThat(page.getByLabel("instances")).hasValue("7");
            assertThat(page.getByLabel("announce")).not().isChecked();
            assertThat(page.getByLabel("Comment")).hasValue("looks good");
            assertThat(page.getByLabel("You are")).hasValue("eve");
            page.getByLabel("You are").fill("bob");
            button(page, "Approve").click();
            assertThat(page.locator("#head")).containsText("succeeded");
        }
    }

    @Test
    void voteOfTheCommandLineIsSeenAtOnceAndWhoTypesIsNotDisturbed() throws Exception {
        String config = WebSample.CONFIG.replace("count: 1", "count: 2");
        try (WebSample sample = WebSample.of(repository, config)) {
            Page page = open(sample, "/runs/1");
            page.getByLabel("Comment").pressSequentially("half a sen");
            sample.sluice.call("approve", "1", "approve", "--as", "bob", "--comment", "yes", "--input", "window=now");
            assertThat(gate(page)).containsText("bob approves");
            assertThat(gate(page)).containsText("1 of 2 approvals");
            assertThat(page.getByLabel("Comment")).isFocused();
            page.keyboard().type("tence");
            assertThat(page.getByLabel("Comment")).hasValue("half a sentence");
            button(page, "Approve").click();
            assertThat(page.locator("#head")).containsText("succeeded");
        }
    }

    @Test
    void keyboardAloneIsEnough() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            Page page = open(sample, "/runs/1");
            page.getByLabel("window").focus();
            page.keyboard().press("n");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().type("by keyboard");
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            assertThat(button(page, "Approve")).isFocused();
            page.keyboard().press("Enter");
            assertThat(page.locator("#trail")).containsText("by keyboard");
            assertThat(page.locator("#head")).containsText("succeeded");
        }
    }

    @Test
    void logGrowsWhileTheStageRuns() throws Exception {
        String config = WebSample.CONFIG.replace(
                "script: echo applied",
                "script: echo first line; while [ ! -e go ]; do sleep 0.1; done; echo last line; echo applied");
        try (WebSample sample = WebSample.of(repository, config)) {
            Page page = open(sample, "/runs/1");
            fill(page);
            button(page, "Approve").click();
            page.getByLabel("log of api/apply").click();
            Locator log = page.getByLabel("log", new Page.GetByLabelOptions().setExact(true));
            assertThat(log).containsText("first line");
            assertThat(log).not().containsText("last line");
            assertThat(page.locator("#head")).containsText("running");
            Path workspaces = repository.resolve(".sluice/runs/1/workspaces");
            try (var directories = Files.list(workspaces)) {
                for (Path directory : directories.toList()) {
                    Files.createFile(directory.resolve("go"));
                }
            }
            assertThat(log).containsText("last line");
            assertThat(page.locator("#head")).containsText("succeeded");
            sample.over(1);
        }
    }

    @Test
    void withoutScriptItWorksToo() throws Exception {
        try (WebSample sample = WebSample.of(repository, WebSample.CONFIG)) {
            BrowserContext window = chromium.withoutScript();
            Page page = window.newPage();
            page.navigate(sample.address());
            page.navigate(sample.origin() + "/runs/1");
            fill(page);
            page.getByLabel("You are").fill("eve");
            button(page, "Approve").click();
            assertThat(gate(page).getByRole(AriaRole.ALERT)).containsText("eve is not among");
            assertThat(page.getByLabel("instances")).hasValue("7");
            page.getByLabel("You are").fill("ada");
            button(page, "Approve").click();
            sample.over(1);
            page.reload();
            assertThat(page.locator("#head")).containsText("succeeded");
        }
    }

    @Test
    void evilArtifactIsSavedAndNotOpened() throws Exception {
        String config =
                WebSample.CONFIG.replace("plan.txt", "plan.html").replace("Plan: 2 to add.", "<script>1</script>");
        try (WebSample sample = WebSample.of(repository, config)) {
            Page page = open(sample, "/runs/1");
            var download =
                    page.waitForDownload(() -> gate(page).getByText("plan.html").click());
            assertThat(download.suggestedFilename()).isEqualTo("plan.html");
            assertThat(page.url()).endsWith("/runs/1");
        }
    }
}
