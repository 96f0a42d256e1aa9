package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlTextArea;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Test;
import org.jvnet.hudson.test.JenkinsRule;

public class SluiceConfigurationTest {
    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    private static final String SITE = "registry: {host: 'registry.example:5000'}\n";
    private static final String POLICY = "allowedActions: [script, build]\n";
    private final SluiceConfiguration settings = SluiceConfiguration.get();

    @After
    public void nothingIsLeft() {
        settings.setSite("");
        settings.setPolicies(List.of());
    }

    @Test
    public void theFormKeepsEverything() throws Exception {
        settings.setSite(SITE);
        settings.setPolicies(List.of(new JobPolicy("team-a/**", POLICY), new JobPolicy("**", "{}")));
        JENKINS.configRoundtrip();
        assertThat(settings.getSite().strip()).isEqualTo(SITE.strip());
        assertThat(settings.getPolicies()).extracting(JobPolicy::getJobs).containsExactly("team-a/**", "**");
        assertThat(settings.getPolicies().get(0).getPolicy().strip()).isEqualTo(POLICY.strip());
        settings.load();
        assertThat(settings.getPolicies()).hasSize(2);
    }

    @Test
    public void theFormRefusesWhatIsWrong() throws Exception {
        settings.setSite(SITE);
        try (JenkinsRule.WebClient client = JENKINS.createWebClient()) {
            client.setThrowExceptionOnFailingStatusCode(false);
            HtmlForm form = client.goTo("configure").getFormByName("config");
            HtmlTextArea area = form.getTextAreaByName("_.site");
            area.setText("registri: x");
            assertThat(JENKINS.submit(form).asNormalizedText()).contains("site:1:1: error[unknown-key]");
        }
        assertThat(settings.getSite()).isEqualTo(SITE);
    }

    @Test
    public void theMostSpecificPatternDecides() {
        settings.setPolicies(List.of(
                new JobPolicy("**", "allowedActions: []"),
                new JobPolicy("team-a/**", "allowedActions: [script]"),
                new JobPolicy("team-a/*", "allowedActions: [build]"),
                new JobPolicy("team-a/deploy", "{}")));
        assertThat(settings.policyFor("team-a/deploy")).isEqualTo("{}");
        assertThat(settings.policyFor("team-a/test")).isEqualTo("allowedActions: [script]");
        assertThat(settings.policyFor("team-a/web/main")).isEqualTo("allowedActions: [script]");
        assertThat(settings.policyFor("team-ab/test")).isEqualTo("allowedActions: []");
        settings.setPolicies(List.of(new JobPolicy("team-a/*", "allowedActions: []")));
        assertThat(settings.policyFor("team-b/test")).isEmpty();
        assertThat(settings.policyFor("team-a/web/main")).isEmpty();
    }
}
