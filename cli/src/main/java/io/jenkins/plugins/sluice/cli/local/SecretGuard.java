package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.HiddenValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps secrets out of journals. What people read is masked. A value that later stages need is encrypted, with a key made of
 * the very secrets that it holds: who knows them can go on with the run, and learns nothing new.
 */
final class SecretGuard implements EventJson.Guard {

    private static final int ROUNDS = 100_000;
    private static final int KEY_BITS = 256;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final Secrets secrets;
    private final Masker masker;
    private final String salt;
    private final SecureRandom random = new SecureRandom();

    /**
     * The guard of a run.
     *
     * @param salt something that belongs to the run alone
     */
    SecretGuard(Secrets secrets, String salt) {
        this.secrets = secrets;
        this.masker = secrets.masker();
        this.salt = salt;
    }

    @Override
    public String masked(String text) {
        return masker.mask(text);
    }

    @Override
    public Optional<String> hidden(String value) {
        if (masker.mask(value).equals(value)) {
            return Optional.empty();
        }
        List<String> names = secrets.namesIn(value);
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, names, nonce, value.getBytes(StandardCharsets.UTF_8));
        byte[] whole = ByteBuffer.allocate(NONCE + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
        return Optional.of(String.join(",", names) + ":" + Base64.getEncoder().encodeToString(whole));
    }

    @Override
    public String revealed(String hidden) {
        int colon = hidden.indexOf(':');
        List<String> names = List.of(hidden.substring(0, Math.max(0, colon)).split(",", -1));
        try {
            ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(hidden.substring(colon + 1)));
            byte[] nonce = new byte[NONCE];
            whole.get(nonce);
            byte[] sealed = new byte[whole.remaining()];
            whole.get(sealed);
            return new String(cipher(Cipher.DECRYPT_MODE, names, nonce, sealed), StandardCharsets.UTF_8);
        } catch (RuntimeException e) {
            throw new HiddenValueException("an output holds the secret " + String.join(" and ", names)
                    + ", which is not there or is not the same any more; give it with --secrets or "
                    + Secrets.PREFIX + names.get(0));
        }
    }

    private byte[] cipher(int mode, List<String> names, byte[] nonce, byte[] text) {
        try {
            PBEKeySpec spec = new PBEKeySpec(
                    secrets.valuesOf(names).toCharArray(), salt.getBytes(StandardCharsets.UTF_8), ROUNDS, KEY_BITS);
            byte[] key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the value cannot be encrypted or decrypted", e);
        }
    }
}
