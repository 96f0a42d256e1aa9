package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.Credential;
import java.util.Optional;

/** Knows the values of secrets. */
@FunctionalInterface
public interface SecretSource {

    /** The value of a part of a credential, if it is there. */
    Optional<String> value(Credential credential, Credential.Part part);
}
