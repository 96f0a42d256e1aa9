package io.jenkins.plugins.sluice.report;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** The spellings in which a secret may turn up in an output. */
final class SecretForms {

    private static final String RFC_3986 = "-._~";
    private static final String RFC_3986_AND_SLASH = RFC_3986 + "/";
    private static final String HTML_FORM = "-._*";
    private static final String JS_COMPONENT = "-._~!*'()";
    private static final String JS_URI = JS_COMPONENT + ";,/?:@&=+$#";

    private static final HexFormat[] HEX = {HexFormat.of().withUpperCase(), HexFormat.of()};

    private final Set<String> forms = new LinkedHashSet<>();

    private SecretForms() {}

    /** None if the secret is too short to be masked. */
    static Set<String> of(String secret) {
        SecretForms forms = new SecretForms();
        forms.addWhole(secret);
        forms.addWhole(secret.strip()); // a file often ends with a line end that no program passes on
        secret.lines().forEach(line -> {
            forms.add(line);
            forms.add(line.strip());
        });
        return forms.forms;
    }

    private void addWhole(String secret) {
        if (Masker.tooShort(secret)) {
            return;
        }
        add(secret);
        Base64Forms.of(secret).forEach(this::add);
        for (String safe : new String[] {RFC_3986, RFC_3986_AND_SLASH, HTML_FORM, JS_COMPONENT, JS_URI}) {
            addUrl(secret, safe);
        }
        addJson(secret);
        addShell(secret);
    }

    private void add(String form) {
        if (!Masker.tooShort(form)) {
            forms.add(form);
        }
    }

    private void addUrl(String secret, String safe) {
        for (HexFormat hex : HEX) {
            String encoded = encode(secret, safe, hex);
            add(encoded);
            add(encoded.replace("%20", "+"));
        }
    }

    private static String encode(String secret, String safe, HexFormat hex) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
            if (plain || safe.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(hex.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    /** What the writers of JSON agree on is little: some escape {@code /}, some {@code <>&}, some all but ASCII. */
    private void addJson(String secret) {
        IntPredicate none = c -> false;
        IntPredicate html = c -> c == '<' || c == '>' || c == '&' || c == '\'' || c == 0x2028 || c == 0x2029;
        IntPredicate beyondAscii = c -> c > 0x7E;
        for (IntPredicate more : new IntPredicate[] {none, html, beyondAscii, html.or(beyondAscii)}) {
            for (HexFormat hex : HEX) {
                String escaped = escape(secret, more, c -> "\\u" + hex.toHexDigits(c));
                add(escaped);
                add(escaped.replace("/", "\\/"));
            }
        }
    }

    private static String escape(String secret, IntPredicate more, Function<Character, String> numeric) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            int known = "\"\\\b\f\n\r\t".indexOf(c);
            if (known >= 0) {
                escaped.append('\\').append("\"\\bfnrt".charAt(known));
            } else if (c < ' ' || more.test(c)) {
                escaped.append(numeric.apply(c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Inside single quotes, in the two ways to write one there; and after {@code printf %q}. */
    private void addShell(String secret) {
        add(secret.replace("'", "'\\''"));
        add(secret.replace("'", "'\"'\"'"));
        add(secret.replaceAll("[^A-Za-z0-9%+./:=@_\\x80-\\x{10FFFF}-]", "\\\\$0"));
        String escaped = escape(secret, c -> false, c -> "\\x" + HexFormat.of().toHexDigits((byte) (char) c));
        add(escaped.replace("\\\"", "\"").replace("'", "\\'")); // $'…', which bash -x and %q use for control characters
    }
}
