package io.jenkins.plugins.sluice.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MaskerTest {

    private static final String SECRET = "p@ss w'rd/\"ü\\<1>";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p@ss w'rd/\"ü\\<1>",
                "p%40ss%20w%27rd%2F%22%C3%BC%5C%3C1%3E",
                "p%40ss+w%27rd%2F%22%C3%BC%5C%3C1%3E",
                "p%40ss%20w%27rd%2f%22%c3%bc%5c%3c1%3e",
                "p%40ss%20w'rd%2F%22%C3%BC%5C%3C1%3E",
                "p@ss%20w'rd/%22%C3%BC%5C%3C1%3E",
                "p@ss w'rd/\\\"ü\\\\<1>",
                "p@ss w'rd\\/\\\"ü\\\\<1>",
                "p@ss w'rd/\\\"\\u00fc\\\\<1>",
                "p@ss w'rd/\\\"\\u00FC\\\\<1>",
                "p@ss w\\u0027rd/\\\"ü\\\\\\u003c1\\u003e",
                "p@ss w'\\''rd/\"ü\\<1>",
                "p@ss w'\"'\"'rd/\"ü\\<1>",
                "p@ss\\ w\\'rd/\\\"ü\\\\\\<1\\>"
            })
    void everySpellingIsMasked(String spelling) {
        assertThat(masker(SECRET).mask("a " + spelling + " b")).isEqualTo("a **** b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz~~~??>>>1", "xyz~~~??>>>12", "xyz~~~??>>>123"})
    void base64AloneIsMaskedWhole(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (Base64.Encoder encoder : encoders()) {
            assertThat(masker(secret).mask("<" + encoder.encodeToString(bytes) + ">"))
                    .isEqualTo("<****>");
        }
    }

    @ParameterizedTest
    @CsvSource({"user:, Basic dXNlcjp****", "u:, Basic dTp****", "me:, Basic bWU6****"})
    void base64OfUserAndSecretIsMasked(String user, String expected) {
        byte[] bytes = (user + "s3cr3t-t0ken").getBytes(StandardCharsets.UTF_8);
        String header = "Basic " + Base64.getEncoder().encodeToString(bytes);
        String masked = masker("s3cr3t-t0ken").mask(header);
        assertThat(masked).endsWith("****").hasSizeLessThanOrEqualTo(expected.length() + 1);
        assertThat(header).startsWith(masked.substring(0, masked.length() - 4));
    }

    @Property
    void base64AmidstOtherBytesIsMasked(
            @ForAll @StringLength(min = 4, max = 200) @CharRange(from = '!', to = '~') String secret,
            @ForAll @Size(max = 7) byte[] before,
            @ForAll @Size(max = 7) byte[] after) {
        byte[] middle = secret.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[before.length + middle.length + after.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(middle, 0, all, before.length, middle.length);
        System.arraycopy(after, 0, all, before.length + middle.length, after.length);
        for (Base64.Encoder encoder : encoders()) {
            String masked = masker(secret).mask(encoder.encodeToString(all));
            int visible = masked.replace("*", "").replace("=", "").length();
            assertThat(masked).contains("****");
            assertThat(visible).isLessThanOrEqualTo((before.length + after.length) * 8 / 6 + 3);
        }
    }

    @Property
    void nothingOfTheSecretIsLeft(
            @ForAll @StringLength(min = 4, max = 40) String secret,
            @ForAll @StringLength(max = 20) String before,
            @ForAll @StringLength(max = 20) String after) {
        if (Masker.tooShort(secret) || "****".contains(secret.strip())) {
            return;
        }
        String masked = masker(secret).mask(before + secret + after);
        assertThat(masked).contains("****").doesNotContain(secret);
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        assertThat(masker(secret).mask(form)).doesNotContain(form);
    }

    @Test
    void base64InSeveralLinesIsMasked() {
        String secret = "0123456789".repeat(30);
        String encoded = Base64.getMimeEncoder().encodeToString((secret + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(encoded.lines().map(masker(secret)::mask))
                .hasSizeGreaterThan(4)
                .allSatisfy(line -> assertThat(line).startsWith("****").hasSizeLessThan(9));
    }

    @Test
    void eachLongEnoughLineOfASecretIsASecret() {
        Masker masker = masker("-----BEGIN KEY-----\r\nabcdefgh\n}\n  ijklmnop\n");
        assertThat(masker.mask("> abcdefgh")).isEqualTo("> ****");
        assertThat(masker.mask("> ijklmnop <")).isEqualTo("> **** <");
        assertThat(masker.mask("}")).isEqualTo("}");
    }

    @Test
    void secretFromAFileIsMaskedWithoutItsLineEnd() {
        String encoded = Base64.getEncoder().encodeToString("top-secret".getBytes(StandardCharsets.UTF_8));
        assertThat(masker("top-secret\n").mask("top-secret " + encoded)).isEqualTo("**** ****");
    }

    @Test
    void overlappingSecretsAreMaskedTogether() {
        Masker masker = Masker.of(List.of("abcd", "abcdefgh", "fghijk"));
        assertThat(masker.mask("abcdefgh")).isEqualTo("****");
        assertThat(masker.mask("1abcdefghijk2")).isEqualTo("1****2");
        assertThat(masker.mask("abcdabcd")).isEqualTo("********");
    }

    @Test
    void shortSecretsAreLeftToTheCaller() {
        assertThat(Masker.tooShort("abc")).isTrue();
        assertThat(Masker.tooShort(" abc\n")).isTrue();
        assertThat(Masker.tooShort("")).isTrue();
        assertThat(Masker.tooShort("abcd")).isFalse();
        assertThat(masker("abc").mask("abc YWJj")).isEqualTo("abc YWJj");
    }

    @Test
    void withoutSecretsTheTextIsTheSameObject() {
        String text = "some text".repeat(2);
        assertThat(Masker.NONE.mask(text)).isSameAs(text);
        assertThat(masker("other").mask(text)).isSameAs(text);
        assertThat(masker("other").mask("")).isEmpty();
    }

    /** With anything quadratic this takes hours. */
    @Test
    void longLinesTakeTimeInProportion() {
        List<String> secrets = IntStream.range(0, 200)
                .mapToObj(i -> "secret-number-" + i + "x".repeat(i))
                .toList();
        String line = ("secret-number-7" + "x".repeat(7) + " abcdefghij").repeat(300_000);
        assertThat(Masker.of(secrets).mask(line)).doesNotContain("****x").hasSizeLessThan(line.length());
    }

    private static Masker masker(String secret) {
        return Masker.of(List.of(secret));
    }

    private static List<Base64.Encoder> encoders() {
        return List.of(
                Base64.getEncoder(),
                Base64.getEncoder().withoutPadding(),
                Base64.getUrlEncoder(),
                Base64.getUrlEncoder().withoutPadding());
    }
}
