package io.jenkins.plugins.sluice.model;

/** After what a stage runs. */
public enum Runs {
    /** When everything it needs went well. */
    ON_SUCCESS("onSuccess"),
    /** Only when something it needs, directly or not, failed; a gate that a newer run has taken the place of has not. */
    ON_FAILURE("onFailure"),
    /** In any case, also after an abort. */
    ALWAYS("always");

    private final String word;

    Runs(String word) {
        this.word = word;
    }

    /** The word in the file. */
    public String word() {
        return word;
    }

    static Runs of(String word) {
        for (Runs runs : values()) {
            if (runs.word.equals(word)) {
                return runs;
            }
        }
        return ON_SUCCESS;
    }
}
