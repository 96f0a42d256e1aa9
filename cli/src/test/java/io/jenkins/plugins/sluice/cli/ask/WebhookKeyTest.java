package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookKeyTest {

    /** The example that the libraries of the specification are tested against. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant TIME = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final WebhookKey key = WebhookKey.of(SECRET);

    @Test
    void publishedExampleIsSigned() {
        assertThat(key.sign(ID, TIME, BODY)).isEqualTo(new WebhookHeaders(ID, "1614265330", SIGNATURE));
    }

    @Test
    void publishedExampleIsGenuine() {
        assertThat(key.reasonAgainst(signed(SIGNATURE), BODY, TIME)).isEmpty();
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        String wrong = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc=";
        assertThat(key.reasonAgainst(signed(wrong + " v1a,xyz " + SIGNATURE + " " + wrong), BODY, TIME))
                .isEmpty();
        assertThat(key.reasonAgainst(signed(wrong + " " + wrong), BODY, TIME))
                .hasValue("has no signature that matches");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "v1",
                "v1,",
                "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
                "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
                "v1,G0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
            })
    void otherSignaturesDoNotMatch(String signature) {
        assertThat(key.reasonAgainst(signed(signature), BODY, TIME)).hasValue("has no signature that matches");
    }

    @Test
    void everyPartIsSigned() {
        byte[] otherBody = "{\"test\": 2432232315}".getBytes(UTF_8);
        assertThat(key.reasonAgainst(signed(SIGNATURE), otherBody, TIME)).isPresent();
        assertThat(key.reasonAgainst(new WebhookHeaders("msg_other", "1614265330", SIGNATURE), BODY, TIME))
                .isPresent();
        assertThat(key.reasonAgainst(new WebhookHeaders(ID, "1614265331", SIGNATURE), BODY, TIME))
                .isPresent();
        assertThat(WebhookKey.of("other").reasonAgainst(signed(SIGNATURE), BODY, TIME))
                .isPresent();
    }

    @Test
    void timeMayDifferByFiveMinutes() {
        Duration tooFar = WebhookKey.TOLERANCE.plusMillis(1);
        assertThat(reasonAt(TIME.plus(WebhookKey.TOLERANCE))).isEmpty();
        assertThat(reasonAt(TIME.minus(WebhookKey.TOLERANCE))).isEmpty();
        assertThat(reasonAt(TIME.plus(tooFar))).contains("signed 5m behind the clock here");
        assertThat(reasonAt(TIME.minus(tooFar))).contains("signed 5m ahead of the clock here");
    }

    private String reasonAt(Instant now) {
        return key.reasonAgainst(signed(SIGNATURE), BODY, now).orElse("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1614265330", "1614265330.0", "1614265330 ", "٣", "9999999999999999999"})
    void timeIsSecondsInDigits(String time) {
        assertThat(key.reasonAgainst(new WebhookHeaders(ID, time, SIGNATURE), BODY, TIME))
                .hasValue("has a webhook-timestamp that is no number of seconds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "ä", "a\n"})
    void idHasNoDotsAndNoBlanks(String id) {
        assertThatThrownBy(() -> key.sign(id, TIME, BODY)).isInstanceOf(IllegalArgumentException.class);
        assertThat(key.reasonAgainst(new WebhookHeaders(id, "1614265330", SIGNATURE), BODY, TIME))
                .hasValue("has a webhook-id that is none");
    }

    @Test
    void secretWithoutPrefixIsItsText() {
        WebhookHeaders one = WebhookKey.of("grün").sign(ID, TIME, BODY);
        // base64 of the five bytes of "grün" in UTF-8
        assertThat(WebhookKey.of("whsec_Z3LDvG4=").sign(ID, TIME, BODY)).isEqualTo(one);
        assertThat(WebhookKey.of("Z3LDvG4=").sign(ID, TIME, BODY)).isNotEqualTo(one);
    }

    @Test
    void lineEndOfAFileIsNoPartOfTheSecret() {
        assertThat(WebhookKey.of(SECRET + "\r\n").sign(ID, TIME, BODY).signature())
                .isEqualTo(SIGNATURE);
        assertThat(WebhookKey.of("abc\n").sign(ID, TIME, BODY))
                .isEqualTo(WebhookKey.of("abc").sign(ID, TIME, BODY));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n",
                "whsec_",
                "whsec_\n",
                "whsec_hunter2!",
                "whsec_MfKQ9r8G-_==",
                "whpk_QUJD",
                "whsk_QUJD"
            })
    void badSecretsAreRefusedWithoutBeingShown(String secret) {
        assertThat(WebhookKey.reasonAgainstSecret(secret))
                .hasValueSatisfying(reason ->
                        assertThat(reason).startsWith("the secret ").doesNotContain("hunter2", "MfKQ", "QUJD"));
        assertThatThrownBy(() -> WebhookKey.of(secret)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void headersAreFoundWhateverTheirCase() {
        Map<String, List<String>> all = Map.of(
                "Webhook-Id", List.of(ID), "WEBHOOK-TIMESTAMP", List.of("1"), "webhook-signature", List.of("v1,x"));
        assertThat(WebhookHeaders.from(all)).hasValue(new WebhookHeaders(ID, "1", "v1,x"));
    }

    @Test
    void headersMustBeThereOnce() {
        Map<String, List<String>> twice = Map.of(
                "webhook-id",
                List.of(ID, "other"),
                "webhook-timestamp",
                List.of("1"),
                "webhook-signature",
                List.of("v1,x"));
        assertThat(WebhookHeaders.from(twice)).isEmpty();
        assertThat(WebhookHeaders.from(Map.of("webhook-id", List.of(ID)))).isEmpty();
    }

    private static WebhookHeaders signed(String signature) {
        return new WebhookHeaders(ID, "1614265330", signature);
    }
}
