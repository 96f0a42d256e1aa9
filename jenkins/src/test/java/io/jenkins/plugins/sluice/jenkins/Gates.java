package io.jenkins.plugins.sluice.jenkins;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;
import org.jvnet.hudson.test.JenkinsRule;

/** What people do at gates: they answer in the browser. */
final class Gates {
    private final JenkinsRule jenkins;

    Gates(JenkinsRule jenkins) {
        this.jenkins = jenkins;
    }

    /** Waits until one question is open at a build, and gives its id. */
    static String asked(WorkflowRun build) throws Exception {
        return Waiting.waitUntil(build, "asked", () -> {
            InputAction action = build.getAction(InputAction.class);
            List<InputStepExecution> questions = action == null ? List.of() : action.getExecutions();
            return questions.size() == 1 ? Optional.of(questions.get(0).getId()) : Optional.empty();
        });
    }

    /** Fills in the form; gives the status of the answer. */
    int vote(WorkflowRun build, String user, String decision, Map<String, String> more) throws Exception {
        JSONArray parameters = new JSONArray();
        parameters.add(parameter("decision", decision));
        parameters.add(parameter("comment", more.getOrDefault("comment", "")));
        more.forEach((name, value) -> {
            if (!name.equals("comment")) {
                parameters.add(parameter("input." + name, value));
            }
        });
        JSONObject form = new JSONObject();
        form.put("parameter", parameters);
        return post(user, build.getUrl() + "input/" + asked(build) + "/proceed", form.toString());
    }

    private static JSONObject parameter(String name, String value) {
        JSONObject parameter = new JSONObject();
        parameter.put("name", name);
        parameter.put("value", value);
        return parameter;
    }

    /** The button of Jenkins itself that ends a question. */
    int abort(WorkflowRun build, String user) throws Exception {
        return post(user, build.getUrl() + "input/" + asked(build) + "/abort", "{}");
    }

    private int post(String user, String path, String json) throws IOException {
        try (JenkinsRule.WebClient client = client(user)) {
            WebRequest request = new WebRequest(client.createCrumbedUrl(path), HttpMethod.POST);
            request.setRequestParameters(List.of(new NameValuePair("json", json), new NameValuePair("proceed", "Vote")));
            return client.loadWebResponse(request).getStatusCode();
        }
    }

    /** A browser of somebody; a blank name is somebody who has not logged in. */
    JenkinsRule.WebClient client(String user) {
        JenkinsRule.WebClient client = jenkins.createWebClient().withJavaScriptEnabled(false);
        client.setThrowExceptionOnFailingStatusCode(false);
        if (!user.isBlank()) {
            client.withBasicApiToken(user);
        }
        return client;
    }

    /** What a page says to somebody. */
    String page(String user, String path) throws IOException {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.loadWebResponse(new WebRequest(client.createCrumbedUrl(path)))
                    .getContentAsString();
        }
    }

    int status(String user, String path) throws IOException {
        try (JenkinsRule.WebClient client = client(user)) {
            return client.loadWebResponse(new WebRequest(client.createCrumbedUrl(path)))
                    .getStatusCode();
        }
    }

    int send(String user, String path) throws IOException {
        return post(user, path, "{}");
    }
}
