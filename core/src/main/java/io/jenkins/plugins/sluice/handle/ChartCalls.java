package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Charts by the program {@code helm} of an agent. */
final class ChartCalls {
    private ChartCalls() {}

    /** Installs a chart, tests it if that is wanted, and removes it again. */
    static Call install(Instruction.InstallChart chart, Site.Helm helm) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_RELEASE", chart.release());
        env.put("SLUICE_CHART", chart.chart());
        env.put("SLUICE_NAMESPACE", helm.namespace());
        env.put("SLUICE_VALUES", chart.values());
        List<String> options = new ArrayList<>();
        options.add("--wait");
        options.add("--timeout=" + Math.max(1, chart.timeout().toSeconds()) + "s");
        if (!chart.version().isEmpty()) {
            options.add(ScriptParts.option("--version=", "SLUICE_VERSION", chart.version(), env));
        }
        helm.repository()
                .ifPresent(address -> options.add(ScriptParts.option("--repo=", "SLUICE_CHARTS", address, env)));
        helm.kubeconfig().ifPresent(file -> env.put("KUBECONFIG", file));
        String script =
                """
                work=$(mktemp -d)
                trap 'helm uninstall "$SLUICE_RELEASE" --namespace="$SLUICE_NAMESPACE" >&2 || true; rm -rf "$work"' EXIT
                printf '%s' "$SLUICE_VALUES" >"$work/values.json"
                helm install "$SLUICE_RELEASE" "$SLUICE_CHART" --namespace="$SLUICE_NAMESPACE" --values="$work/values.json" \
                """
                        + ScriptParts.words(options) + " >&2\n"
                        + (chart.test() ? "helm test \"$SLUICE_RELEASE\" --namespace=\"$SLUICE_NAMESPACE\" >&2\n" : "");
        return ScriptCalls.printing(script, env, Optional.of(chart.timeout().multipliedBy(2)), List.of());
    }
}
