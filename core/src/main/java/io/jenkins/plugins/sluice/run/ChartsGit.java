package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.Site;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts that speak with the repository of the charts. Values and secrets reach them in the environment only; nothing is
 * spliced into their text, and no secret is on a command line.
 *
 * @param directory where the clone is, from the top of the workspace
 */
record ChartsGit(Site.Charts charts, String directory, Optional<Duration> timeout) {
    /** The branch has moved meanwhile: the work is to be done again. */
    static final int MOVED = 75;

    /** The review that the change would update is closed. */
    static final int CLOSED = 76;

    private static final Pattern SERVER = Pattern.compile("(https?://)([^/@]*@)?([^/]+)(/.*)?");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** What surrounds the work may have set variables of Git for another repository, and its user hooks and helpers. */
    private static final String PRELUDE =
            """
            unset $(git rev-parse --local-env-vars)
            if [ -n "${SLUICE_CHARTS_KEY:-}" ]; then
              export GIT_SSH_COMMAND='ssh -i "$SLUICE_CHARTS_KEY" -o IdentitiesOnly=yes -o BatchMode=yes'
            fi
            charts() {
              if [ -n "${SLUICE_CHARTS_PASSWORD:-}" ] && [ -n "$SLUICE_CHARTS_SERVER" ]; then
                set -- -c credential.helper= -c "credential.$SLUICE_CHARTS_SERVER.helper=$SLUICE_CHARTS_HELPER" "$@"
              fi
              git -c core.hooksPath=/dev/null -c core.autocrlf=false -c commit.gpgSign=false "$@"
            }
            """;

    /** Run by Git's own shell, which finds the values in its environment. */
    private static final String HELPER = "!f() { if [ \"$1\" = get ]; then"
            + " printf 'username=%s\\npassword=%s\\n' \"$SLUICE_CHARTS_USERNAME\" \"$SLUICE_CHARTS_PASSWORD\"; fi; }; f";

    private static final String CLONE =
            """
            charts clone --quiet --depth 1 --single-branch --no-tags --branch "$SLUICE_CHARTS_BRANCH" \\
              -- "$SLUICE_CHARTS_REPOSITORY" "$SLUICE_CHARTS_DIRECTORY"
            """;

    private static final String PUSH =
            """
            cd "$SLUICE_CHARTS_DIRECTORY"
            printf '%s\\n' "$SLUICE_CHARTS_MESSAGE" | charts commit --quiet --all --cleanup=verbatim --file=-
            code=0
            said=$(charts push --porcelain origin "HEAD:$SLUICE_CHARTS_REF" 2>&1) || code=$?
            printf '%s\\n' "$said"
            if [ "$code" = 0 ]; then exit 0; fi
            case $said in
              *'no new changes'* | *'no changes made'*) exit 0 ;;
              *' closed)'*) exit 76 ;;
              *'[rejected]'* | *'cannot lock ref'* | *'failed to update ref'* | *'failed to lock'* | *'incorrect old value'*)
                exit 75 ;;
            esac
            exit 1
            """;

    /** A shallow clone of the branch. */
    Instruction copy() {
        return script(PRELUDE + CLONE, Map.of());
    }

    /** A commit of what was changed, pushed; ends with {@link #MOVED} or {@link #CLOSED} if that is why it was refused. */
    Instruction push(String message) {
        Map<String, String> more = new LinkedHashMap<>();
        more.put("SLUICE_CHARTS_REF", ref());
        more.put("SLUICE_CHARTS_MESSAGE", message);
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            more.put("GIT_" + role + "_NAME", charts.authorName());
            more.put("GIT_" + role + "_EMAIL", charts.authorEmail());
        }
        return script(PRELUDE + PUSH, more);
    }

    /** Something for the log of the stage. */
    static Instruction say(String message) {
        return new Instruction.RunScript(
                Shell.SH,
                "printf '%s\\n' \"$SLUICE_CHARTS_MESSAGE\"\n",
                Map.of("SLUICE_CHARTS_MESSAGE", message),
                List.of(),
                Optional.empty(),
                ".",
                Optional.empty());
    }

    /** Reviewers are options of the ref, the first after a percent sign and the others after commas. */
    String ref() {
        StringBuilder ref = new StringBuilder(charts.push().replace("{branch}", charts.branch()));
        if (ref.indexOf("refs/for/") == 0) {
            for (String reviewer : charts.reviewers()) {
                ref.append(ref.indexOf("%") < 0 ? '%' : ',').append("r=").append(reviewer);
            }
        }
        return ref.toString();
    }

    private Instruction script(String text, Map<String, String> more) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("LC_ALL", "C");
        env.put("GIT_TERMINAL_PROMPT", "0");
        env.put("GIT_ASKPASS", "true");
        env.put("SLUICE_CHARTS_REPOSITORY", charts.repository());
        env.put("SLUICE_CHARTS_BRANCH", charts.branch());
        env.put("SLUICE_CHARTS_DIRECTORY", directory);
        env.put("SLUICE_CHARTS_SERVER", server());
        env.put("SLUICE_CHARTS_HELPER", HELPER);
        env.putAll(more);
        List<Credential> credentials = charts.credential().stream().toList();
        return new Instruction.RunScript(
                Shell.SH, text, env, credentials, Optional.empty(), ".", timeout.or(() -> Optional.of(LIMIT)));
    }

    /** Only this server is told the password, even if it sends Git elsewhere. */
    private String server() {
        Matcher address = SERVER.matcher(charts.repository());
        return address.matches() ? address.group(1) + address.group(3) : "";
    }
}
