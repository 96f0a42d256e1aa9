package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.regex.Pattern;

/** A script in a container: what every host does in the same way. */
public final class ContainerScript {
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");

    private ContainerScript() {}

    /**
     * The image that a script runs in.
     *
     * @throws UnfitValueException if it could be taken for something else than the name of an image
     */
    public static String image(Instruction.RunScript run) {
        String image = run.image().orElse("");
        if (!IMAGE.matcher(image).matches()) {
            throw new UnfitValueException("'" + image + "' is no name of an image");
        }
        return image;
    }

    /**
     * What {@code sh} in the container does, with the file of the script as its first argument. Many images have no bash; then
     * sh runs the script, and says so, because it cannot see failures inside pipes.
     */
    public static String starter(Shell shell) {
        String sh = "exec sh -e \"$1\"";
        return shell == Shell.SH
                ? sh
                : "if command -v bash >/dev/null 2>&1; then exec bash -e -o pipefail \"$1\"; fi; "
                        + "echo 'note: the image has no bash, so sh runs the script, without pipefail' >&2; " + sh;
    }
}
