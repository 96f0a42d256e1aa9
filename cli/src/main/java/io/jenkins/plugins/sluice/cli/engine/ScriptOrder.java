package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.run.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A script to run in an image. The workspace has the same path inside as outside, so that paths in logs and reports mean the
 * same.
 *
 * @param script the file with the commands
 */
record ScriptOrder(Instruction.RunScript run, Path script, Path workspace) {

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");

    ContainerOrder container(String name, ContainerWork.Grants grants) throws IOException {
        String image = run.image().orElse("");
        if (!IMAGE.matcher(image).matches()) {
            throw new UnfitValueException("'" + image + "' is no name of an image");
        }
        Object owner = Files.getAttribute(workspace, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object group = Files.getAttribute(workspace, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        List<String> options = List.of(
                "--init",
                "--volume=" + workspace + ":" + workspace,
                "--workdir=" + workspace.resolve(run.directory()).normalize(),
                "--user=" + owner + ":" + group,
                "--entrypoint=sh");
        List<Path> readable = new ArrayList<>(grants.readable());
        readable.add(script);
        return new ContainerOrder(
                name, image, options, List.of("-c", starter(), "sh", script.toString()), grants.variables(), readable);
    }

    /** Many images have no bash; then sh runs the script, and says so, because it cannot see failures inside pipes. */
    private String starter() {
        String sh = "exec sh -e \"$1\"";
        return run.shell() == Shell.SH
                ? sh
                : "if command -v bash >/dev/null 2>&1; then exec bash -e -o pipefail \"$1\"; fi; "
                        + "echo 'note: the image has no bash, so sh runs the script, without pipefail' >&2; " + sh;
    }
}
