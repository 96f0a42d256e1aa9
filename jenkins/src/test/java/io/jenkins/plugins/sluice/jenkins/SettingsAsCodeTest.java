package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.After;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;

/** The settings as code; compiled only with {@code -Dcasc}, where the plugin Configuration as Code can be had. */
public class SettingsAsCodeTest {
    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static final String SITE = "registry: {host: 'registry.example:5000'}\n";
    private static final String POLICY = "allowedActions: [script, build]\n";
    private static final String YAML = "unclassified:\n"
            + "  sluice:\n"
            + "    policies:\n"
            + "    - jobs: \"team-a/**\"\n"
            + "      policy: |\n"
            + "        " + POLICY
            + "    site: |\n"
            + "      " + SITE;

    private final SluiceConfiguration settings = SluiceConfiguration.get();

    @After
    public void nothingIsLeft() {
        settings.setSite("");
        settings.setPolicies(List.of());
    }

    private void apply(String yaml) throws IOException {
        Path file = folder.newFile().toPath();
        Files.writeString(file, yaml);
        ConfigurationAsCode.get().configure(file.toString());
    }

    @Test
    public void jcascReadsWhatItHasWritten() throws Exception {
        apply(YAML);
        assertThat(settings.getSite()).isEqualTo(SITE);
        assertThat(settings.getPolicies()).singleElement().satisfies(entry -> {
            assertThat(entry.getJobs()).isEqualTo("team-a/**");
            assertThat(entry.getPolicy()).isEqualTo(POLICY);
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(out);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains(YAML.substring(YAML.indexOf('\n')));
    }

    @Test
    public void jcascRefusesWhatIsWrong() {
        String wrong = YAML.replace("script, build", "scrpt");
        assertThatThrownBy(() -> apply(wrong))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(ConfiguratorException.class),
                        e -> assertThat(e).isInstanceOf(IllegalArgumentException.class))
                .hasStackTraceContaining("policy:1:18: error[invalid-value]");
        assertThat(settings.getPolicies()).isEmpty();
    }

    @Test
    public void whatTheManualShowsIsRead() throws Exception {
        String manual = Files.readString(Path.of("../docs/jenkins.md"));
        int start = manual.indexOf("unclassified:\n");
        apply(manual.substring(start, manual.indexOf("```", start)));
        assertThat(settings.getPolicies()).hasSize(1);
        assertThat(settings.policyFor("team-a/shop")).contains("release-managers");
    }
}
