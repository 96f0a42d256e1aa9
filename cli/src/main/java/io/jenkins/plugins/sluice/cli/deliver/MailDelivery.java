package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Sends mail by SMTP. */
final class MailDelivery {

    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Site.Mail mail;
    private final SecretSource secrets;
    private final Map<String, String> more;

    /** @param more settings of Jakarta Mail beyond those of the site */
    MailDelivery(Site.Mail mail, SecretSource secrets, Map<String, String> more) {
        this.mail = mail;
        this.secrets = secrets;
        this.more = more;
    }

    InstructionResult send(Instruction.SendMail what) {
        try {
            List<InternetAddress> to = new ArrayList<>();
            for (String recipient : what.to()) {
                to.add(address(recipient));
            }
            if (to.isEmpty()) {
                return new InstructionResult.Broken("nobody is named whom it could be sent to");
            }
            Transport.send(message(to, what));
            return new InstructionResult.Done();
        } catch (MessagingException e) {
            return new InstructionResult.Broken(words(e));
        }
    }

    private static InternetAddress address(String text) throws AddressException {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.isGroup() || !address.getAddress().contains("@")) {
                throw new AddressException("a group, or a name without '@'", text);
            }
            return address;
        } catch (AddressException e) {
            throw new AddressException("'" + oneLine(text) + "' is no mail address: " + e.getMessage());
        }
    }

    private MimeMessage message(List<InternetAddress> to, Instruction.SendMail what) throws MessagingException {
        MimeMessage message = new MimeMessage(session());
        message.setFrom(address(mail.from()));
        message.setRecipients(Message.RecipientType.TO, to.toArray(InternetAddress[]::new));
        message.setSubject(oneLine(what.subject()), StandardCharsets.UTF_8.name());
        message.setText(what.body(), StandardCharsets.UTF_8.name());
        message.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(OffsetDateTime.now(ZoneOffset.UTC)));
        // Nobody's answering machine is to answer.
        message.setHeader("Auto-Submitted", "auto-generated");
        return message;
    }

    private Session session() {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", host());
        properties.put("mail.smtp.port", String.valueOf(port()));
        properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT.toMillis()));
        properties.put("mail.smtp.timeout", String.valueOf(ANSWER.toMillis()));
        properties.put("mail.smtp.writetimeout", String.valueOf(ANSWER.toMillis()));
        properties.put("mail.smtp.starttls.enable", String.valueOf(mail.startTls()));
        properties.put("mail.smtp.starttls.required", String.valueOf(mail.startTls()));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.putAll(more);
        Optional<Authenticator> login = mail.credential().map(this::login);
        properties.put("mail.smtp.auth", String.valueOf(login.isPresent()));
        return login.map(l -> Session.getInstance(properties, l)).orElseGet(() -> Session.getInstance(properties));
    }

    /** A port in the host wins over the one beside it. */
    private String host() {
        return mail.host().replaceFirst(":[0-9]+$", "");
    }

    private int port() {
        return host().equals(mail.host())
                ? mail.port()
                : Integer.parseInt(mail.host().substring(host().length() + 1));
    }

    private Authenticator login(Credential credential) {
        String user = secrets.value(credential, Credential.Part.USERNAME).orElse("");
        String password = secrets.value(credential, Credential.Part.PASSWORD).orElse("");
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password);
            }
        };
    }

    /** A line end would begin a header of the sender's own making. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }

    /** What the server has said last, which is further down. */
    private static String words(MessagingException e) {
        StringBuilder words = new StringBuilder();
        for (Exception next = e;
                next != null;
                next = next instanceof MessagingException m ? m.getNextException() : null) {
            String message = oneLine(next.getMessage() == null ? next.toString() : next.getMessage());
            if (words.indexOf(message) < 0) {
                words.append(words.isEmpty() ? "" : ": ").append(message);
            }
        }
        return words.toString();
    }
}
