package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.run.ContainerScript;
import io.jenkins.plugins.sluice.run.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script to run in an image. The workspace has the same path inside as outside, so that paths in logs and reports mean the
 * same.
 *
 * @param script the file with the commands
 */
record ScriptOrder(Instruction.RunScript run, Path script, Path workspace) {

    ContainerOrder container(String name, ContainerWork.Grants grants) throws IOException {
        String image = ContainerScript.image(run);
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
        List<String> command = List.of("-c", ContainerScript.starter(run.shell()), "sh", script.toString());
        return new ContainerOrder(name, image, options, command, grants.variables(), readable);
    }
}
