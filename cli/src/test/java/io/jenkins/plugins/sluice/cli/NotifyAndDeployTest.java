package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs that send mail, or install charts. */
class NotifyAndDeployTest {
    @TempDir
    Path repository;

    @Test
    void mailTellsWhichStageHasFailedAndThatOnly() throws MessagingException, IOException {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            Said said = new Sluice(repository)
                    .config(
                            """
                            version: 1
                            pipelines:
                              p:
                                notify: {email: {to: [team@example.org]}}
                                stages:
                                  - {name: good, script: 'true'}
                                  - {name: bad, script: exit 3}
                            """)
                    .file(
                            "site.yaml",
                            "mail: {host: 127.0.0.1, port: " + server.getSmtp().getPort() + ", from: ci@example.org}\n")
                    .call("run", "--site", "site.yaml");
            assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.FAILED);
            assertThat(said.out()).doesNotContain("no mail was sent");
            assertThat(server.getReceivedMessages()).hasSize(1);
            MimeMessage message = server.getReceivedMessages()[0];
            assertThat(message.getSubject()).isEqualTo("[Pipeline] " + repository.getFileName() + " p/bad failed");
            assertThat(message.getContent().toString()).contains("stage bad. See the log for details: file:///");
        } finally {
            server.stop();
        }
    }

    @Test
    void mailThatCannotBeSentIsToldBesideTheFailure() throws IOException {
        Said said = new Sluice(repository)
                .config(
                        """
                        version: 1
                        pipelines:
                          p:
                            stages:
                              - {name: bad, script: exit 3, notify: {email: {to: team@example.org}}}
                        """)
                .file("site.yaml", "mail: {host: 127.0.0.1, port: " + freePort() + ", from: ci@example.org}\n")
                .call("run", "--site", "site.yaml");
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(said.out()).contains("exit code 3; no mail was sent: Couldn't connect to host");
    }

    @Test
    void clusterThatIsNotThereIsAnError() throws IOException {
        Said said = new Sluice(repository)
                .config(
                        """
                        version: 1
                        pipelines:
                          p:
                            stages:
                              - {name: rehearse, deploy: {image: api, tag: v1, chart: {name: chart}}}
                        """)
                .file("chart/Chart.yaml", "{apiVersion: v2, name: chart, version: 1.0.0}\n")
                .file("etc/site.yaml", "helm: {kubeconfig: kubeconfig}\n")
                .file(
                        "etc/kubeconfig",
                        """
                        apiVersion: v1
                        kind: Config
                        clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
                        contexts: [{name: x, context: {cluster: c, user: u}}]
                        current-context: x
                        """
                                .formatted(freePort()))
                .call("run", "--site", "etc/site.yaml");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.out()).contains("unreachable").contains("could not be removed");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
