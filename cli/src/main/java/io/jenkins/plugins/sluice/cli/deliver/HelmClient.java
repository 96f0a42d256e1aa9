package io.jenkins.plugins.sluice.cli.deliver;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.InstallCommand;
import com.marcnuri.helm.Release;
import com.marcnuri.helm.TestCommand;
import com.marcnuri.helm.UninstallCommand;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Helm as a library, which is loaded when a chart is installed and not before. */
record HelmClient(Site.Helm helm, Optional<Path> kubeconfig, Path repositories) {

    /** Nobody can say whether the chart would have worked. */
    private static final Pattern NO_CLUSTER = Pattern.compile(
            "(?is).*(cluster unreachable|connection refused|no such host|no configuration has been provided|unauthorized"
                    + "|i/o timeout|tls: |x509: |invalid configuration|kubeconfig|forbidden).*");

    private static final Pattern LATE =
            Pattern.compile("(?is).*(timed out waiting|deadline exceeded|client rate limiter wait).*");

    InstructionResult install(Instruction.InstallChart chart, String where, Path values, Consumer<String> note) {
        try {
            addRepository();
            InstallCommand install = Helm.install(where)
                    .withName(chart.release())
                    .withNamespace(helm.namespace())
                    .withValuesFile(values)
                    .withTimeout(seconds(chart.timeout()))
                    .waitReady();
            kubeconfig.ifPresent(install::withKubeConfig);
            if (!chart.version().isEmpty()) {
                install.withVersion(chart.version());
            }
            if (helm.repository().isPresent()) {
                install.withRepositoryConfig(repositories);
            }
            tell(install.call(), note);
            if (chart.test()) {
                TestCommand test = Helm.test(chart.release())
                        .withNamespace(helm.namespace())
                        .withTimeout(seconds(chart.timeout()));
                kubeconfig.ifPresent(test::withKubeConfig);
                tell(test.call(), note);
            }
            return new InstructionResult.Done();
        } catch (RuntimeException | LinkageError e) {
            return failed(chart, e);
        }
    }

    private static InstructionResult failed(Instruction.InstallChart chart, Throwable e) {
        String words = words(e);
        if (LATE.matcher(words).matches()) {
            return new InstructionResult.TimedOut(chart.timeout());
        }
        return e instanceof LinkageError || NO_CLUSTER.matcher(words).matches()
                ? new InstructionResult.Broken("helm: " + words)
                : new InstructionResult.WorkFailed("helm: " + words);
    }

    private void addRepository() {
        helm.repository().filter(address -> !ChartPlace.isRegistry(address)).ifPresent(address -> {
            Helm.repo()
                    .add()
                    .withRepositoryConfig(repositories)
                    .withName(ChartPlace.REPOSITORY)
                    .withUrl(URI.create(address))
                    .call();
        });
    }

    /** Removes a release; one that is not there is no error. Says why it could not. */
    Optional<String> uninstall(String release) {
        try {
            UninstallCommand uninstall =
                    Helm.uninstall(release).withNamespace(helm.namespace()).ignoreNotFound();
            kubeconfig.ifPresent(uninstall::withKubeConfig);
            uninstall.call();
            return Optional.empty();
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(words(e));
        }
    }

    private static void tell(Release release, Consumer<String> note) {
        note.accept("release " + release.getName() + ": " + release.getStatus());
    }

    private static int seconds(Duration time) {
        return (int) Math.max(1, Math.min(time.toSeconds(), Integer.MAX_VALUE));
    }

    static String words(Throwable e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.strip().replaceAll("\\s+", " ");
    }
}
