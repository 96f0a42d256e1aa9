package io.jenkins.plugins.sluice.cli.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail to a real server on the loopback. */
class MailDeliveryTest {
    private static final Credential LOGIN = new Credential(
            "mail",
            Credential.Type.USERNAME_PASSWORD,
            Map.of(Credential.Part.USERNAME, "U", Credential.Part.PASSWORD, "P"),
            Place.topOf("site.yaml"));

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private Site.Mail mail(boolean startTls, Optional<Credential> credential) {
        return new Site.Mail("127.0.0.1", server.getSmtp().getPort(), "ci@example.org", startTls, credential);
    }

    private static InstructionResult send(Site.Mail mail, String to, String subject, String body) {
        return send(mail, (credential, part) -> Optional.empty(), to, subject, body);
    }

    private static InstructionResult send(
            Site.Mail mail, SecretSource secrets, String to, String subject, String body) {
        return new MailDelivery(mail, secrets, Map.of()).send(new Instruction.SendMail(List.of(to), subject, body));
    }

    @Test
    void textArrivesAsItWasWritten() throws MessagingException, IOException {
        InstructionResult sent = send(
                mail(false, Optional.empty()),
                "Eve <eve@example.org>",
                "[Pipeline] Größe failed",
                "Zeile 1\nПривет\n.\n");
        assertThat(sent).isEqualTo(new InstructionResult.Done());
        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("[Pipeline] Größe failed");
        assertThat(message.getFrom()).extracting(Object::toString).containsExactly("ci@example.org");
        assertThat(message.getAllRecipients()).extracting(Object::toString).containsExactly("Eve <eve@example.org>");
        assertThat(message.getContent().toString().replace("\r\n", "\n")).isEqualTo("Zeile 1\nПривет\n.\n");
    }

    @Test
    void noValueCanAddAHeaderOrARecipient() throws MessagingException {
        Site.Mail mail = mail(false, Optional.empty());
        assertThat(send(mail, "eve@example.org", "x\r\nBcc: mallory@example.org\n\nbody", "b"))
                .isEqualTo(new InstructionResult.Done());
        MimeMessage message = server.getReceivedMessages()[0];
        assertThat(message.getSubject()).isEqualTo("x Bcc: mallory@example.org body");
        assertThat(message.getHeader("Bcc")).isNull();
        assertThat(message.getAllRecipients()).hasSize(1);
        for (String to : List.of(
                "a@b.example\r\nBcc: c@d.example", "a@b.example, c@d.example", "friends: a@b.example;", "root")) {
            assertThat(send(mail, to, "x", "b")).as(to).isInstanceOf(InstructionResult.Broken.class);
        }
        assertThat(server.getReceivedMessages()).hasSize(1);
    }

    @Test
    void passwordIsGivenToAServerThatWantsOne() {
        server.setUser("bot", "secret-of-the-bot");
        Map<Credential.Part, String> right =
                Map.of(Credential.Part.USERNAME, "bot", Credential.Part.PASSWORD, "secret-of-the-bot");
        Site.Mail mail = mail(false, Optional.of(LOGIN));
        assertThat(send(mail, (c, part) -> Optional.ofNullable(right.get(part)), "eve@example.org", "x", "b"))
                .isEqualTo(new InstructionResult.Done());
        InstructionResult refused = send(mail, (c, part) -> Optional.of("wrong"), "eve@example.org", "x", "b");
        assertThat(refused).isInstanceOf(InstructionResult.Broken.class);
        assertThat(((InstructionResult.Broken) refused).message())
                .contains("535")
                .doesNotContain("wrong");
    }

    @Test
    void withoutTlsOnTheOtherSideNothingIsSentThatOughtToBeSecret() {
        InstructionResult result = send(mail(true, Optional.of(LOGIN)), "eve@example.org", "x", "b");
        assertThat(result).isInstanceOf(InstructionResult.Broken.class);
        assertThat(((InstructionResult.Broken) result).message()).contains("STARTTLS is required");
        assertThat(server.getReceivedMessages()).isEmpty();
    }

    @Test
    void withTlsOnlyTheGreetingIsInTheClear() throws IOException {
        try (TlsMailServer tls = new TlsMailServer()) {
            Site.Mail mail = new Site.Mail("127.0.0.1", tls.port(), "ci@example.org", true, Optional.of(LOGIN));
            Instruction.SendMail what = new Instruction.SendMail(List.of("eve@example.org"), "subject", "body");
            SecretSource secrets = (credential, part) -> Optional.of("secret-" + part);
            // Nobody vouches for the certificate: then there is no mail, and no password for whoever it is.
            InstructionResult untrusted = new MailDelivery(mail, secrets, Map.of()).send(what);
            assertThat(((InstructionResult.Broken) untrusted).message()).contains("certification path");
            assertThat(tls.encrypted()).noneMatch(line -> line.startsWith("AUTH"));
            tls.clear().clear();
            Map<String, String> trust =
                    Map.of("mail.smtp.ssl.trust", "127.0.0.1", "mail.smtp.ssl.checkserveridentity", "false");
            assertThat(new MailDelivery(mail, secrets, trust).send(what)).isEqualTo(new InstructionResult.Done());
            assertThat(tls.clear()).hasSize(2).last().isEqualTo("STARTTLS");
            assertThat(tls.encrypted())
                    .anyMatch(line -> line.startsWith("AUTH PLAIN"))
                    .contains("Subject: subject", "body");
        }
    }

    @Test
    void serverThatIsNotThereIsNamed() {
        Site.Mail mail = mail(false, Optional.empty());
        server.stop();
        InstructionResult result = send(mail, "eve@example.org", "x", "b");
        assertThat(((InstructionResult.Broken) result).message())
                .contains("127.0.0.1, " + mail.port())
                .contains("Connection refused");
    }
}
