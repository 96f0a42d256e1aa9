package io.jenkins.plugins.sluice.handle;

import java.io.InvalidObjectException;
import java.io.Serializable;

/**
 * What is kept of a run while its host is at rest: a text that says which version of the form it has. The name of this class
 * and of its field never change, and every version that was ever released can be read: see {@link HandleJson}.
 */
final class SerialForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String json;

    SerialForm(String json) {
        this.json = json;
    }

    private Object readResolve() throws InvalidObjectException {
        try {
            return HandleJson.read(json, Controller.find());
        } catch (IllegalArgumentException | IllegalStateException e) {
            InvalidObjectException unreadable =
                    new InvalidObjectException("the run cannot be taken up again: " + e.getMessage());
            unreadable.initCause(e);
            throw unreadable;
        }
    }
}
